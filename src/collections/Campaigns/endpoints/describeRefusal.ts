import { campaignStatusLabels } from '../../labels.ts'
import type { CampaignStatus, Locale } from '../../../newsletter/model.ts'
import { allowedControls, type Control } from '../../../newsletter/rules/controls.ts'
import type { Campaign } from '../../../payload-types.ts'

/** Why a campaign cannot be asked for something, for whoever reads the answer and for scripts. */
export interface Refusal {
  text: Record<Locale, string>
  status: CampaignStatus
  problem: string | null
  /** What may be asked of it as it stands. */
  allowed: Control[]
}

type State = Pick<Campaign, 'status' | 'problem' | 'counts'> & {
  /** See allowedControls. */
  hasLaterEdition: boolean
}

/** What may be asked of the campaign as it was read. */
export const controlsOf = ({ status, problem, counts, hasLaterEdition }: State): Control[] =>
  allowedControls({
    ...{ status, hasLaterEdition },
    problemCode: problem?.code ?? null,
    counts: { rejected: counts?.rejected ?? 0, uncertain: counts?.uncertain ?? 0 },
  })

export function describeRefusal({ campaign, control }: { campaign: State; control: Control }): Refusal {
  const { status } = campaign
  const problem = campaign.problem?.code ?? null
  const allowed = controlsOf(campaign)
  return {
    text: { en: inEnglish({ campaign, control, allowed }), sv: inSwedish({ campaign, control, allowed }) },
    status,
    problem,
    allowed,
  }
}

interface Reason {
  campaign: State
  control: Control
  allowed: Control[]
}

function inEnglish({ campaign: { status, problem, hasLaterEdition }, control, allowed }: Reason): string {
  const because = problem?.code ? ` (${problem.code}: ${problem.message ?? ''})` : ''
  const remedy = allowed.includes(control)
    ? 'Its last batch is not settled yet, its article was mailed once more since, or somebody else was faster: try again.'
    : allowed.length > 0
      ? `What may be asked of it now: ${allowed.join(', ')}.`
      : 'Nothing may be asked of it any more.'
  const followed =
    hasLaterEdition && isRemailing(control)
      ? ' Its article was mailed once more since, which may have reached the same people: nobody of this campaign is mailed again.'
      : ''
  return `The campaign is ${status}${because}. ${CONDITIONS[control]}${followed} ${remedy}`
}

/** The problem is told beside it, in the admin's words. */
function inSwedish({ campaign: { status, hasLaterEdition }, control, allowed }: Reason): string {
  const remedy = allowed.includes(control)
    ? 'Den sista omgången är inte klar än, artikeln har skickats en gång till sedan dess, eller så hann någon annan före: försök igen.'
    : allowed.length > 0
      ? `Det som går att göra nu: ${allowed.map((name) => svControls[name]).join(', ')}.`
      : 'Det går inte att göra något mer med det.'
  const followed =
    hasLaterEdition && isRemailing(control)
      ? ' Artikeln har skickats en gång till sedan dess, kanske till samma personer: därför skickas ingenting igen i det här utskicket.'
      : ''
  return `Utskicket är i läget ”${campaignStatusLabels[status].sv}”. ${SV_CONDITIONS[control]}${followed} ${remedy}`
}

const isRemailing = (control: Control) => control === 'retry' || control === 'mail-again'

const svControls: Record<Control, string> = {
  undo: 'ångra',
  'send-now': 'skicka nu',
  pause: 'pausa',
  resume: 'fortsätta',
  cancel: 'avbryta',
  retry: 'försöka igen',
  'mail-again': 'skicka igen',
  leave: 'låta vara',
}

const SV_CONDITIONS: Record<Control, string> = {
  undo: 'Det går att ångra ett utskick tills ångertiden är slut.',
  'send-now':
    'Det går att skicka genast medan ett utskick går att ångra, och resten genast medan första delen skickas.',
  pause: 'Det går att pausa ett utskick som går att ångra, startar, förbereds eller skickas.',
  resume: 'Det går att fortsätta ett pausat utskick, om det inte väntar på beslut om ovissa mottagare.',
  cancel: 'Det går att avbryta ett utskick som inte redan är överlämnat eller avbrutet.',
  retry: 'Det går att försöka igen med ett som misslyckades eller som har nekade mottagare.',
  'mail-again': 'Det går att skicka igen när ett utskick har ovissa mottagare och alla andra har fått sitt.',
  leave: 'Det går att låta vara när ett utskick väntar på beslut om ovissa mottagare.',
}

const CONDITIONS: Record<Control, string> = {
  undo: 'undo is for one in its hold: that has ended.',
  'send-now': 'send-now is for one in its hold or in its canary.',
  pause: 'pause is for one that is holding, scheduled, preparing, canary or submitting.',
  resume: 'resume is for one that is paused, unless it waits for a decision on uncertain deliveries.',
  cancel: 'cancel is for one that is not submitted or cancelled yet.',
  retry: 'retry is for one that failed, or that is submitted and has rejected deliveries.',
  'mail-again': 'mail-again is for one with uncertain deliveries, once it has mailed everybody else.',
  leave: 'leave is for one that waits for a decision on uncertain deliveries.',
}
