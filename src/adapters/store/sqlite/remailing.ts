import type { Client } from '@libsql/client'
import type { RemailedStatus } from '../../../newsletter/model.ts'
import type { Store } from '../../../newsletter/ports.ts'
import { REMAILED_FROM } from '../../../newsletter/rules/transitions.ts'
import { reopenBatches } from './reopenBatches.ts'
import {
  HAS_LATER_EDITION,
  HAS_UNSETTLED_BATCH,
  iso,
  moveJson,
  movesWith,
  NO_PROBLEM,
  placesFor,
  text,
} from './values.ts'

type RemailingOperations = Pick<
  Store,
  'requestRemailing' | 'leaveUncertain' | 'findRemailingRequests' | 'reopenBatches'
>

export const remailingOperations = (client: Client): RemailingOperations => ({
  async requestRemailing({ id, of, by, byName = null, now }) {
    const control = of === 'uncertain' ? 'mail-again' : 'retry'
    const move = moveJson({ to: 'submitting', control, by, byName, now })
    const decision = decisionOn(of, { by: Number(by), at: iso(now) })
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET ${SUBMITTING}, finished_at = NULL, round = coalesce(round, 0) + 1, remailing = ?,
              decision_kind = ?, decision_at = ?, decision_by_id = ?
            WHERE id = ? AND status IN (${placesFor(REMAILED_FROM)}) AND ${IS_ALL_SETTLED}
              AND NOT ${HAS_LATER_EDITION}`,
      args: [iso(now), iso(now), iso(now), move, of, ...decision, Number(id), ...REMAILED_FROM],
    })
    return rowsAffected === 1
  },

  async leaveUncertain({ id, by, byName = null, now }) {
    const move = moveJson({ to: 'submitting', control: 'leave', by, byName, now })
    const { rowsAffected } = await client.execute({
      sql: `UPDATE campaigns SET ${SUBMITTING}, decision_kind = 'leave', decision_at = ?, decision_by_id = ?
            WHERE id = ? AND status = 'paused' AND ${IS_ALL_SETTLED}`,
      args: [...[iso(now), iso(now), iso(now), move], ...[iso(now), Number(by), Number(id)]],
    })
    return rowsAffected === 1
  },

  async findRemailingRequests() {
    const { rows } = await client.execute('SELECT id FROM campaigns WHERE remailing IS NOT NULL')
    return rows.map((row) => text(row.id))
  },

  reopenBatches: (move) => reopenBatches(client, move),
})

const decisionOn = (of: RemailedStatus, { by, at }: { by: number; at: string }) =>
  of === 'uncertain' ? ['mail_again', at, by] : [null, null, null]

const SUBMITTING = `status = 'submitting', due_at = ?, moved_at = ?, updated_at = ?, moves = ${movesWith('?')}, ${NO_PROBLEM}`

const IS_ALL_SETTLED = `snapshot IS NOT NULL AND remailing IS NULL AND NOT ${HAS_UNSETTLED_BATCH}`
