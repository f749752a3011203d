import type { Env } from '../../env.ts'
import { fail, ok, warn, type Check } from '../model.ts'

const NAMES: Record<Env['database']['kind'], string> = { sqlite: 'SQLite', mongodb: 'MongoDB' }

export const checkDatabase = ({ kind, isOk }: { kind: Env['database']['kind']; isOk: boolean }): Check =>
  isOk
    ? ok({ name: 'database', message: `${NAMES[kind]} answers.` })
    : fail({
        name: 'database',
        message: `${NAMES[kind]} does not answer.`,
        remedy:
          kind === 'sqlite'
            ? 'See that the file of DATABASE_URL may be read and written, and that its disk is not full.'
            : 'See that the server of DATABASE_URL runs and lets this machine in.',
      })

export function checkMigrations({
  kind,
  waiting,
}: {
  kind: Env['database']['kind']
  waiting: string[]
}): Check {
  const name = 'migrations'
  if (kind === 'mongodb') return ok({ name, message: 'MongoDB needs none; indexes are made at the start.' })
  if (waiting.length === 0) return ok({ name, message: 'The database is up to date.' })
  return warn({
    name,
    message: `The database waits for: ${waiting.join(', ')}.`,
    remedy: 'Back the file up and start this version: the start brings the database up to date.',
  })
}
