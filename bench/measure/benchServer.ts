import { ensureBuild } from '../../src/cli/server/ensureBuild.ts'
import { freePort } from '../../src/cli/server/freePort.ts'
import { runServer } from '../../src/cli/server/runServer.ts'
import { untilServed } from '../../src/cli/server/untilServed.ts'
import { readEnv, type Env } from '../../src/env.ts'
import { descendantsOf } from './processes.ts'
import { say } from './say.ts'
import { temporaryFolder } from './temporaryFolder.ts'

export interface BenchServer {
  baseUrl: string
  /** Of the web process and what it has started. */
  pids: () => number[]
  stop: () => Promise<void>
}

/**
 * The production server on a fresh SQLite file, without a worker.
 * @param options.prepare fills the file before the server starts.
 */
export async function startBenchServer({
  prepare,
}: {
  prepare: (env: Env) => Promise<void>
}): Promise<BenchServer> {
  const { path, remove } = temporaryFolder()
  const port = await freePort()
  // Nothing of the machine's own setting but the path to its programs.
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: `file:${path}/utskick.db`,
    DATA_DIR: path,
    PAYLOAD_SECRET: 'the secret of a benchmark',
    PORT: String(port),
    SERVER_URL: `http://127.0.0.1:${port}`,
    WORKER: 'off',
  }
  await ensureBuild({ environment, report: (seconds) => say(`building … ${seconds} s`) })
  const env = readEnv(environment)
  await prepare(env)
  const before = descendantsOf(process.pid)
  const server = runServer({ env, environment, quiet: true })
  const pids = () => descendantsOf(process.pid).filter((pid) => !before.includes(pid))
  await untilServed({ baseUrl: env.serverUrl, server })
  return {
    baseUrl: env.serverUrl,
    pids,
    stop: async () => {
      await server.stop()
      remove()
    },
  }
}
