import type { Client } from '@libsql/client'
import type { EventStore } from '../../../newsletter/eventPorts.ts'
import { iso, moveJson, movesWith, NO_PROBLEM } from './values.ts'

/** One transaction; `changes()` is what the first statement did. */
export async function settleTaken(
  client: Client,
  { deliveryId, campaignId, providerId, undecidedCode, now }: Parameters<EventStore['settleTaken']>[0],
): Promise<void> {
  const campaign = Number(campaignId)
  const goesOn = moveJson({ to: 'submitting', now })
  await client.batch(
    [
      { sql: TAKE, args: [providerId, iso(now), Number(deliveryId)] },
      { sql: COUNT_TAKEN, args: [campaign] },
      { sql: GO_ON, args: [campaign, undecidedCode, iso(now), goesOn] },
    ],
    'write',
  )
}

const TAKE = `UPDATE deliveries SET status = 'submitted', provider_id = ?1, settled_at = ?2, reason = NULL, detail = NULL
  WHERE id = ?3 AND (status = 'uncertain' OR status IN ('pending', 'rejected') AND EXISTS (
    SELECT 1 FROM batches b WHERE b.campaign_id = deliveries.campaign_id AND b.snapshot = deliveries.snapshot
      AND b.number = deliveries.batch_number AND b.status = 'pending' AND b.in_doubt_since IS NOT NULL))`

/** Only of a finished campaign counts are kept, and then it was an uncertain one. */
const COUNT_TAKEN = `UPDATE campaigns SET counts_submitted = counts_submitted + 1, counts_uncertain = counts_uncertain - 1
  WHERE id = ?1 AND finished_at IS NOT NULL AND changes() = 1`

const GO_ON = `UPDATE campaigns SET status = 'submitting', due_at = ?3, moved_at = ?3, updated_at = ?3, moves = ${movesWith('?4')}, ${NO_PROBLEM}
  WHERE id = ?1 AND status = 'paused' AND problem_code = ?2 AND NOT EXISTS (
    SELECT 1 FROM deliveries d WHERE d.campaign_id = campaigns.id AND d.snapshot = campaigns.snapshot
      AND d.status = 'uncertain')`
