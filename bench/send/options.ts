import { parseArgs } from 'node:util'
import { DATABASES, type DatabaseName } from './databases.ts'

export const PARTS = ['sending', 'audience', 'workers', 'limit'] as const
export type Part = (typeof PARTS)[number]

export interface SendOptions {
  isQuick: boolean
  parts: Part[]
  recipients: number[]
  databases: DatabaseName[]
  latencies: number[]
  /** Rounds of a cell; null: three, and one of 100,000 recipients and more. */
  rounds: number | null
  /** Whether a reader's request is measured too: that needs a build. */
  withApi: boolean
  /** A folder for the worker's CPU profiles. */
  profileIn: string | null
}

export const USAGE = `npm run bench -- send [--quick] [--only ${PARTS.join('|')}]
  [--recipients 10000] [--database ${DATABASES.join('|')}] [--latency 0] [--rounds 3] [--no-api] [--profile <folder>]`

/**
 * What to measure: the whole table unless something is chosen. Whoever chooses a cell of it means the sending alone.
 * @throws with the usage when an option is not known or not right.
 */
export function readOptions(args: string[]): SendOptions {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      recipients: { type: 'string' },
      database: { type: 'string' },
      latency: { type: 'string' },
      rounds: { type: 'string' },
      'no-api': { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const { quick: isQuick, recipients, latency } = values
  const isCell = isQuick || recipients !== undefined || latency !== undefined
  return {
    isQuick,
    parts: values.only ? [oneOf(PARTS, values.only)] : isCell ? ['sending'] : [...PARTS],
    recipients: recipients ? [positive(recipients)] : isQuick ? [1_000] : [1_000, 10_000, 100_000],
    databases: values.database ? [oneOf(DATABASES, values.database)] : isQuick ? ['sqlite'] : [...DATABASES],
    latencies: latency ? [positive(latency)] : isQuick ? [0] : [0, 100],
    rounds: values.rounds ? positive(values.rounds) : null,
    withApi: !values['no-api'],
    profileIn: values.profile ?? null,
  }
}

function oneOf<Name extends string>(names: readonly Name[], value: string): Name {
  const found = names.find((name) => name === value)
  if (!found) throw new Error(`"${value}" is none of ${names.join(', ')}.\n${USAGE}`)
  return found
}

function positive(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 0) throw new Error(`"${value}" is no number.\n${USAGE}`)
  return number
}
