import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { processEnvironment, readEnv, type Env } from '../../env.ts'
import { freePort, isPortFree } from '../server/freePort.ts'
import { DemoError } from './DemoError.ts'
import { demoFolder } from './demoFolder.ts'

const DEFAULT_PORT = 3000

/** What is the demo's own whatever is set outside; undefined: as if it were not set. */
const OWN = {
  DATABASE_URL: `file:${join(demoFolder, 'demo.db')}`,
  DATA_DIR: demoFolder,
  MAILER: 'outbox',
  WORKER: 'on',
  NODE_ENV: undefined,
  MONGODB_COMPATIBILITY: undefined,
  RESEND_API_KEY: undefined,
  RESEND_BASE_URL: undefined,
  RESEND_WEBHOOK_SECRET: undefined,
  SMTP_URL: undefined,
  BENCH_DIR: undefined,
}

/**
 * The environment of a demo: everything embedded, mail in files. Only PORT and SERVER_URL are taken from outside; without
 * a PORT another one is found when 3000 is taken.
 * @throws DemoError when the PORT that was asked for is taken; EnvError when PORT or SERVER_URL is wrong.
 */
export async function demoEnvironment(): Promise<{
  env: Env
  environment: Record<string, string | undefined>
}> {
  const outside = processEnvironment()
  const environment = { ...outside, ...OWN, PAYLOAD_SECRET: randomBytes(32).toString('hex') }
  const asked = readEnv(environment)
  const port = outside.PORT ? asked.port : await findPort()
  if (outside.PORT && !(await isPortFree(port)))
    throw new DemoError(
      `Port ${port} is taken. Set PORT to another one, or leave it unset: then a free one is found.`,
    )
  const withPort = { ...environment, PORT: String(port) }
  return { env: readEnv(withPort), environment: withPort }
}

const findPort = async () => ((await isPortFree(DEFAULT_PORT)) ? DEFAULT_PORT : freePort())
