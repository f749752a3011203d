import type { Client } from '@libsql/client'
import type { Store } from '../../../newsletter/ports.ts'
import { dateOrNull, HAS_UNSETTLED_CANARY, iso, moveJson, movesWith, text } from './values.ts'

export const canaryOperations = (
  client: Client,
): Pick<Store, 'findDueCanaries' | 'awaitCanary' | 'endCanary'> => ({
  async findDueCanaries({ now }) {
    const { rows } = await client.execute({
      sql: `SELECT id, canary_minutes, canary_waits_until FROM campaigns
            WHERE status = 'canary' AND (canary_waits_until <= ?
              OR canary_waits_until IS NULL AND NOT ${HAS_UNSETTLED_CANARY})`,
      args: [iso(now)],
    })
    return rows.map((row) => ({
      id: text(row.id),
      minutes: Number(row.canary_minutes),
      waitsUntil: dateOrNull(row.canary_waits_until),
    }))
  },

  async awaitCanary({ id, until, now }) {
    await client.execute({
      sql: `UPDATE campaigns SET canary_waits_until = ?, updated_at = ?
            WHERE id = ? AND status = 'canary' AND canary_waits_until IS NULL`,
      args: [iso(until), iso(now), Number(id)],
    })
  },

  async endCanary({ id, problem, now }) {
    const to = problem ? 'paused' : 'submitting'
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET status = ?2, canary_ended_at = ?1, moved_at = ?1, updated_at = ?1, moves = ${movesWith('?4')}
              ${problem ? ', problem_at = ?1, problem_code = ?5, problem_message = ?6' : ''}
            WHERE id = ?3 AND status = 'canary' AND canary_waits_until <= ?1`,
      args: [
        ...[iso(now), to, Number(id), moveJson({ to, problem, now })],
        ...(problem ? [problem.code, problem.message] : []),
      ],
    })
    return rowsAffected === 1
  },
})
