import type { CampaignStatus, DeliveryCounts } from '../model.ts'
import { RESTORED, UNDECIDED } from './problems.ts'

/**
 * - `undo`: in its hold: nobody is mailed, and the article goes back to what it was before it was published.
 * - `send-now`: the hold ends at once; of a canary, the rest follows at once.
 * - `pause`, `resume`, `cancel`.
 * - `retry`: what failed: a campaign that could not be prepared, or the deliveries that were refused.
 * - `mail-again`: the uncertain deliveries, of which some may get it twice.
 * - `leave`: the uncertain deliveries stay as they are, and the campaign finishes.
 */
export const CAMPAIGN_CONTROLS = [
  'undo',
  'send-now',
  'pause',
  'resume',
  'cancel',
  'retry',
  'mail-again',
  'leave',
] as const
export type Control = (typeof CAMPAIGN_CONTROLS)[number]

/** Those of them that are one move of the campaign: from which states, and where it leads. */
export const CONTROL_MOVES = {
  'send-now': { from: ['holding', 'canary'], to: 'onward' },
  pause: { from: ['holding', 'scheduled', 'preparing', 'canary', 'submitting'], to: 'paused' },
  resume: { from: ['paused'], to: 'onward' },
  cancel: {
    from: ['holding', 'scheduled', 'preparing', 'canary', 'submitting', 'paused', 'failed'],
    to: 'cancelled',
  },
  retry: { from: ['failed'], to: 'onward' },
} as const satisfies Record<
  'send-now' | 'pause' | 'resume' | 'cancel' | 'retry',
  { from: readonly CampaignStatus[]; to: 'paused' | 'cancelled' | 'onward' }
>

/**
 * What staff may ask of a campaign as it stands.
 * @param problemCode why it does not go on; null when nothing is the matter.
 * @param hasLaterEdition whether its article was mailed once more since: that may have reached the same people, so that nobody is
 * mailed again.
 */
export function allowedControls({
  status,
  problemCode,
  counts,
  hasLaterEdition = false,
}: {
  status: CampaignStatus
  problemCode: string | null
  hasLaterEdition?: boolean
  counts: Pick<DeliveryCounts, 'rejected' | 'uncertain'>
}): Control[] {
  const isRestored = problemCode === RESTORED.code && counts.uncertain > 0
  const isUndecided = status === 'paused' && (problemCode === UNDECIDED.code || isRestored)
  const isFinished = status === 'submitted'
  const mayMove = (control: keyof typeof CONTROL_MOVES) => {
    const from: readonly CampaignStatus[] = CONTROL_MOVES[control].from
    return from.includes(status)
  }
  const allowed: Record<Control, boolean> = {
    undo: status === 'holding',
    'send-now': mayMove('send-now'),
    pause: mayMove('pause'),
    resume: mayMove('resume') && !isUndecided,
    cancel: mayMove('cancel'),
    retry: mayMove('retry') || (isFinished && counts.rejected > 0 && !hasLaterEdition),
    'mail-again': (isUndecided || isFinished) && counts.uncertain > 0 && !hasLaterEdition,
    leave: isUndecided,
  }
  return CAMPAIGN_CONTROLS.filter((control) => allowed[control])
}
