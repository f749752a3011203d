import { parseArgs } from 'node:util'

export interface Combination {
  database: 'sqlite' | 'mongodb'
  workers: number
  /** Makes its seed another than that of the others. */
  offset: number
}

export interface CrashOptions {
  kills: number
  recipients: number
  combinations: Combination[]
  seed: number | undefined
}

const SHORT = { kills: '5', recipients: '2000' }
const LONG = { kills: '50', recipients: '5000' }
const DATABASES = ['sqlite', 'mongodb'] as const

/** @throws when an option is unknown, or not a number where there should be one. */
export function readOptions(args: string[]): CrashOptions {
  const { values } = parseArgs({
    args,
    options: {
      long: { type: 'boolean', default: false },
      kills: { type: 'string' },
      recipients: { type: 'string' },
      workers: { type: 'string', multiple: true, default: ['1', '3'] },
      database: { type: 'string', multiple: true, default: [...DATABASES] },
      seed: { type: 'string' },
    },
  })
  const unknown = values.database.find((name) => !DATABASES.some((each) => each === name))
  if (unknown !== undefined) throw new Error(`--database ${unknown}: it is sqlite or mongodb.`)
  const counts = values.long ? LONG : SHORT
  const workers = values.workers.map((text) => readNumber({ name: 'workers', text }))
  const databases = DATABASES.filter((name) => values.database.includes(name))
  return {
    kills: readNumber({ name: 'kills', text: values.kills ?? counts.kills }),
    recipients: readNumber({ name: 'recipients', text: values.recipients ?? counts.recipients }),
    combinations: databases.flatMap((database, number) =>
      workers.map((count) => ({ database, workers: count, offset: 1_000 * count + 100 * number })),
    ),
    seed: values.seed === undefined ? undefined : readNumber({ name: 'seed', text: values.seed }),
  }
}

function readNumber({ name, text }: { name: string; text: string }): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw new Error(`--${name} ${text}: it is a whole number.`)
  return number
}
