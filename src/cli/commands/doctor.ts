import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fail, warn, type Check } from '../../doctor/model.ts'
import { EnvError, readEnv, type Env } from '../../env.ts'
import type { Command } from './command.ts'

const help = `Usage: npm run cli -- doctor [--json]

Looks at everything that mailing needs, changes nothing, and says for each part how it is and what to do: the
environment, the database, the worker, the mailer and its key, the webhook, what the sender's domain says in DNS (SPF,
DKIM, DMARC), the clock and the site's settings. No value of the environment is shown.

Each line begins with ok, warn or fail. Exit code: 1 when something fails, else 0. --json prints the same as JSON.
`

export const doctor: Command = {
  name: 'doctor',
  summary: '[--json]  looks at everything that mailing needs',
  help,
  run: async (args) => {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
    const checks = await examineAll()
    process.stdout.write(values.json ? `${JSON.stringify({ checks }, null, 2)}\n` : describe(checks))
    return checks.some(({ status }) => status === 'fail') ? 1 : 0
  },
}

const describe = (checks: Check[]): string => {
  const width = Math.max(...checks.map(({ name }) => name.length))
  return checks
    .map(({ name, status, message, remedy }) =>
      [status.padEnd(4), name.padEnd(width), remedy ? `${message} ${remedy}` : message].join('  '),
    )
    .map((line) => `${line}\n`)
    .join('')
}

async function examineAll(): Promise<Check[]> {
  try {
    return await examineWith(readEnv())
  } catch (error) {
    if (!(error instanceof EnvError)) throw error
    return error.problems.map(({ name, remedy }) =>
      fail({ name: 'environment', message: `${name} is not right.`, remedy: `It ${remedy}.` }),
    )
  }
}

async function examineWith(env: Env): Promise<Check[]> {
  const { factsOf } = await import('../../doctor/readFacts.ts')
  const { examine, examineNetwork } = await import('../../doctor/examine.ts')
  const { networkPortsOf, networkPortsWithout } = await import('../../doctor/networkPorts.ts')
  const facts = factsOf({ env, now: new Date() })
  // To open a file that is not there would make it.
  if (isNotThere(env)) {
    const local = examine(facts).filter(({ name }) => name !== 'database')
    return [...local, NO_DATABASE_YET, ...(await examineNetwork(facts, networkPortsWithout(env)))]
  }
  const { openForReading } = await import('../../doctor/openForReading.ts')
  const opened = await openForReading(env)
  const all = { ...facts, database: opened?.facts ?? null }
  const ports = opened ? networkPortsOf(opened.payload) : networkPortsWithout(env)
  const checks = [...examine(all), ...(await examineNetwork(all, ports))]
  await opened?.payload.destroy()
  return checks
}

const isNotThere = ({ database }: Env) =>
  database.kind === 'sqlite' && !existsSync(database.url.slice('file:'.length))

const NO_DATABASE_YET = warn({
  name: 'database',
  message: 'There is no database yet.',
  remedy: 'The first npm start makes it, where DATABASE_URL says.',
})
