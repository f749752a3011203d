import type { Id } from './model.ts'
import type { Flow } from './ports.ts'
import type { BatchMove } from './rules/nextBatchMove.ts'
import { SENDER_BLOCKED } from './rules/problems.ts'
import { isRefusedAltogether } from './rules/refusedAltogether.ts'

/**
 * canary or submitting -> paused when the first recipients are all refused for one and the same reason that is not theirs: nobody else
 * is refused then. Asked with each batch that such a reason settled.
 */
export async function stopRefusedCampaign<Content>(
  { store, clock, log }: Pick<Flow<Content>, 'store' | 'clock' | 'log'>,
  { campaignId, move }: { campaignId: Id; move: BatchMove },
): Promise<void> {
  const reason = policyReasonOf(move)
  if (reason === null || !isRefusedAltogether(await store.countRefusals({ campaignId, reason }))) return
  await store.stopCampaign({ id: campaignId, problem: SENDER_BLOCKED, now: clock.now() })
  log('campaign.refused_altogether', { campaign: campaignId, reason })
}

function policyReasonOf(move: BatchMove): string | null {
  if (move.kind !== 'settle') return null
  const refused = move.results.find((result) => result.kind === 'rejected' && result.isPolicy)
  return refused?.kind === 'rejected' ? refused.code : null
}
