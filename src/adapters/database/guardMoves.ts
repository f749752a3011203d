import type { Client } from '@libsql/client'
import {
  BATCH_MOVES,
  CAMPAIGN_MOVES,
  DELIVERY_MOVES,
  TRANSACTIONAL_MAIL_MOVES,
} from '../../newsletter/rules/transitions.ts'

type Moves = Record<string, readonly string[]>

interface Guarded {
  table: string
  noun: string
  moves: Moves
  /** From these statuses only rows may move of which the condition holds. */
  onlyIf?: Record<string, string>
}

const GUARDED: Guarded[] = [
  {
    table: 'campaigns',
    noun: 'a campaign',
    moves: CAMPAIGN_MOVES,
    onlyIf: { cancelled: 'OLD.undone_at IS NOT NULL' },
  },
  { table: 'batches', noun: 'a batch', moves: BATCH_MOVES },
  { table: 'deliveries', noun: 'a delivery', moves: DELIVERY_MOVES },
  { table: 'transactional_mails', noun: 'a transactional mail', moves: TRANSACTIONAL_MAIL_MOVES },
]

/**
 * Makes the database itself refuse what rules/transitions does not allow, whoever writes: triggers, made anew from the
 * tables of moves each time. They go with a table that a migration makes anew, so this belongs after the migrations, and
 * `freeMoves` before them. SQLite only: on MongoDB the one thing that could is a validator, which sees a document as it
 * will be and not as it was.
 */
export async function guardMoves(client: Client): Promise<void> {
  await freeMoves(client)
  for (const guarded of GUARDED)
    for (const sql of [onUpdate(guarded), onInsert(guarded)]) await client.execute(sql)
}

/** Takes the guards away, so that a migration may do with the tables and their rows what it has to. */
export async function freeMoves(client: Client): Promise<void> {
  for (const { table } of GUARDED)
    for (const name of [updateGuard(table), insertGuard(table)])
      await client.execute(`DROP TRIGGER IF EXISTS ${name}`)
}

const updateGuard = (table: string) => `guard_${table}_moves`
const insertGuard = (table: string) => `guard_${table}_statuses`

/** The condition is what each write pays for; only then is the sentence looked for. */
function onUpdate({ table, noun, moves, onlyIf = {} }: Guarded): string {
  const statuses = Object.keys(moves)
  const allowed = Object.entries(moves)
    .filter(([, to]) => to.length > 0)
    .map(([from, to]) => {
      const isAllowed = `OLD.status = '${from}' AND NEW.status IN (${quoted(to)})`
      return onlyIf[from] ? `${isAllowed} AND ${onlyIf[from]}` : isAllowed
    })
  const refusals = statuses.flatMap((from) =>
    statuses
      .filter((to) => to !== from && (onlyIf[from] !== undefined || !moves[from]?.includes(to)))
      .map(
        (to) =>
          `SELECT ${refuse(`${noun} cannot move from ${from} to ${to}`)} WHERE OLD.status = '${from}' AND NEW.status = '${to}';`,
      ),
  )
  return `CREATE TRIGGER ${updateGuard(table)} BEFORE UPDATE OF status ON ${table}
    WHEN NEW.status IS NOT OLD.status AND NOT (${allowed.join(' OR ')})
    BEGIN ${refusals.join(' ')} SELECT ${refuse(`${noun} has no such status`)}; END`
}

const onInsert = ({ table, noun, moves }: Guarded): string =>
  `CREATE TRIGGER ${insertGuard(table)} BEFORE INSERT ON ${table}
    WHEN NEW.status NOT IN (${quoted(Object.keys(moves))})
    BEGIN SELECT ${refuse(`${noun} has no such status`)}; END`

const refuse = (sentence: string) => `RAISE(ABORT, '${sentence}')`

const quoted = (statuses: readonly string[]) => statuses.map((status) => `'${status}'`).join(', ')
