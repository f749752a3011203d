import type { Id } from './model.ts'
import type { Flow } from './ports.ts'
import { CONTROLS, type Control } from './rules/campaignMoves.ts'

/**
 * Pauses, resumes, cancels or retries a campaign. Takes effect on the next batch that is claimed: a call that is in
 * flight is finished and recorded.
 * @returns whether the campaign was in a state that allows the move.
 */
export function controlCampaign(
  { store, clock }: Pick<Flow, 'store' | 'clock'>,
  { id, control }: { id: Id; control: Control },
): Promise<boolean> {
  const { from, to } = CONTROLS[control]
  return store.moveCampaign({ id, from, to, now: clock.now() })
}
