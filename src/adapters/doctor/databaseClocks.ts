import type { Db } from 'mongodb'
import type { DatabaseClock } from '../../doctor/ports.ts'
import type { Clock } from '../../newsletter/ports.ts'

const ANSWERS_WITHIN_MS = 3_000

/** SQLite is a file: it has no clock of its own. */
export const noDatabaseClock: DatabaseClock = { read: async () => null }

/** The server's own time, which each `hello` tells. */
export const mongoClock = ({ db, clock }: { db: Db; clock: Clock }): DatabaseClock => ({
  async read() {
    const askedAt = clock.now()
    try {
      const { localTime } = await db.command({ hello: 1 }, { timeoutMS: ANSWERS_WITHIN_MS })
      return localTime instanceof Date
        ? { source: 'MongoDB', theirs: localTime, askedAt, answeredAt: clock.now() }
        : null
    } catch {
      return null
    }
  },
})
