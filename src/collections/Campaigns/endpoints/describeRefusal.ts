import type { CampaignStatus } from '../../../newsletter/model.ts'
import { allowedControls, type Control } from '../../../newsletter/rules/controls.ts'
import type { Campaign } from '../../../payload-types.ts'

/** Why a campaign cannot be asked for something, for whoever reads the answer and for scripts. */
export interface Refusal {
  message: string
  status: CampaignStatus
  problem: string | null
  /** What may be asked of it as it stands. */
  allowed: Control[]
}

type State = Pick<Campaign, 'status' | 'problem' | 'counts'>

/** What may be asked of the campaign as it was read. */
export const controlsOf = ({ status, problem, counts }: State): Control[] =>
  allowedControls({
    status,
    problemCode: problem?.code ?? null,
    counts: { rejected: counts?.rejected ?? 0, uncertain: counts?.uncertain ?? 0 },
  })

export function describeRefusal({ campaign, control }: { campaign: State; control: Control }): Refusal {
  const { status } = campaign
  const problem = campaign.problem?.code ?? null
  const allowed = controlsOf(campaign)
  const because = problem ? ` (${problem}: ${campaign.problem?.message ?? ''})` : ''
  return {
    message: [
      `The campaign is ${status}${because}.`,
      CONDITIONS[control],
      allowed.includes(control)
        ? 'Its last batch is not settled yet, or somebody else was faster: try again.'
        : allowed.length > 0
          ? `What may be asked of it now: ${allowed.join(', ')}.`
          : 'Nothing may be asked of it any more.',
    ].join(' '),
    status,
    problem,
    allowed,
  }
}

const CONDITIONS: Record<Control, string> = {
  pause: 'pause is for one that is scheduled, preparing or submitting.',
  resume: 'resume is for one that is paused, unless it waits for a decision on uncertain deliveries.',
  cancel: 'cancel is for one that is not submitted or cancelled yet.',
  retry: 'retry is for one that failed, or that is submitted and has rejected deliveries.',
  'mail-again': 'mail-again is for one with uncertain deliveries, once it has mailed everybody else.',
  leave: 'leave is for one that waits for a decision on uncertain deliveries.',
}
