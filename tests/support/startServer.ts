import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuild } from '../../src/cli/server/ensureBuild.ts'
import { freePort } from '../../src/cli/server/freePort.ts'
import { runServer } from '../../src/cli/server/runServer.ts'
import { untilServed } from '../../src/cli/server/untilServed.ts'
import { readEnv, type Env } from '../../src/env.ts'
import { templateDatabase } from './templateDatabase.ts'

export interface RunningServer {
  /** http://127.0.0.1:<port> */
  baseUrl: string
  env: Env
  /** What its processes were given: a CLI command run with it works on the same data. */
  environment: Record<string, string>
  stop: () => Promise<void>
}

/**
 * The product as `npm start` runs it: the production build, a web server and a worker as processes of their own, on a
 * data folder of its own that is removed in the end.
 * @param options.isFirstStart nothing is there yet, not even a database; else that is as a first start leaves it.
 */
export async function startServer(
  overrides: Record<string, string> = {},
  { isFirstStart = false }: { isFirstStart?: boolean } = {},
): Promise<RunningServer> {
  const directory = mkdtempSync(join(tmpdir(), 'utskick-server-'))
  const port = await freePort()
  const file = join(directory, 'utskick.db')
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    DATABASE_URL: `file:${file}`,
    DATA_DIR: directory,
    PAYLOAD_SECRET: 'a secret of the tests',
    PORT: String(port),
    SERVER_URL: `http://127.0.0.1:${port}`,
    ...overrides,
  }
  if (!isFirstStart && !overrides.DATABASE_URL && !overrides.PAYLOAD_SECRET)
    copyFileSync(await templateDatabase({ holds: true }), file)
  await ensureBuild({ environment, report: () => undefined })
  const env = readEnv(environment)
  const server = runServer({ env, environment, quiet: true })
  const stop = async () => {
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    await untilServed({ baseUrl: env.serverUrl, server })
  } catch (error) {
    await stop()
    throw error
  }
  return { baseUrl: env.serverUrl, env, environment, stop }
}
