import { ensureBuild } from '../../src/cli/server/ensureBuild.ts'
import { runServer } from '../../src/cli/server/runServer.ts'
import { untilServed } from '../../src/cli/server/untilServed.ts'
import { readEnv, type Env } from '../../src/env.ts'
import { benchEnvironment } from './benchEnvironment.ts'
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
 * @param options.variables of the environment, beside those of every bench.
 */
export async function startBenchServer({
  prepare,
  variables = {},
}: {
  prepare: (env: Env) => Promise<void>
  variables?: Record<string, string>
}): Promise<BenchServer> {
  const { path, remove } = temporaryFolder()
  const environment = { ...(await benchEnvironment({ folder: path })), ...variables }
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
