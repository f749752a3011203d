import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'

const TOO_FAR_MS = 600_000

/** A place is taken with one statement, so that nobody else has it; places may be closer than a millisecond. */
export const callOperations = (client: Client): Pick<Store, 'reserveCall' | 'setCallRate'> => ({
  async reserveCall({ mailer, firstPerSecond, now }) {
    const { rows } = await client.execute({
      sql: `INSERT INTO call_rates (mailer, per_second, next_place) VALUES (?1, ?2, ?3 + 1000.0 / ?2)
            ON CONFLICT (mailer) DO UPDATE SET
              next_place = iif(next_place BETWEEN ?3 AND ?3 + ${TOO_FAR_MS}, next_place, ?3) + 1000.0 / per_second
            RETURNING next_place - 1000.0 / per_second AS place`,
      args: [mailer, firstPerSecond, now.getTime()],
    })
    return new Date(Math.round(Number(rows[0]?.place)))
  },

  async setCallRate({ mailer, perSecond }) {
    await client.execute({
      sql: `INSERT INTO call_rates (mailer, per_second, next_place) VALUES (?, ?, 0)
            ON CONFLICT (mailer) DO UPDATE SET per_second = excluded.per_second`,
      args: [mailer, perSecond],
    })
  },
})
