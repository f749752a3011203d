import type { CampaignStatus, DeliveryStatus } from '../../newsletter/model.ts'
import { CONTROLS, type Control } from '../../newsletter/rules/campaignMoves.ts'
import type { Campaign } from '../../payload-types.ts'

/** What the admin shows of a campaign, as the API gives it. */
export type CampaignDoc = Pick<
  Campaign,
  'id' | 'status' | 'subject' | 'problem' | 'counts' | 'startedAt' | 'finishedAt'
>

const DELIVERY_COUNTS = ['submitted', 'rejected', 'excluded', 'uncertain'] as const satisfies DeliveryStatus[]
const EVENT_COUNTS = ['delivered', 'bounced', 'complained'] as const
export type CountName =
  'recipients' | 'pending' | (typeof DELIVERY_COUNTS)[number] | (typeof EVENT_COUNTS)[number]

export interface CampaignFacts {
  status: CampaignStatus
  /** The key of the sentence that says how it stands. */
  state: CampaignStatus | 'waiting'
  problem: { code: string; message: string } | null
  /** Whether a worker is at it, so that what is shown grows old. */
  isMoving: boolean
  controls: Control[]
  recipients: number
  settled: number
  pending: number
  /** By the status of a delivery, those that say something. */
  outcomes: { name: CountName; status: DeliveryStatus; count: number }[]
  /** What the provider told later; null when it told nothing: that is not zero. */
  events: { name: CountName; count: number }[] | null
}

/** What follows from a campaign's row for those who look at it. */
export function campaignFacts(campaign: CampaignDoc): CampaignFacts {
  const { status } = campaign
  const counts = campaign.counts ?? {}
  const recipients = counts.recipients ?? 0
  const settled = DELIVERY_COUNTS.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
  const pending = Math.max(recipients - settled, 0)
  const problem = problemOf(campaign)
  const events = EVENT_COUNTS.map((name) => ({ name, count: counts[name] ?? 0 }))
  return {
    status,
    state: status === 'submitting' && problem ? 'waiting' : status,
    problem,
    // Of one that is cancelled, the worker notes for each who was left that nothing comes.
    isMoving: MOVING.includes(status) || (status === 'cancelled' && pending > 0),
    controls: allowedControls(status),
    recipients,
    settled,
    pending,
    outcomes: [
      { name: 'submitted' as const, status: 'submitted' as const, count: counts.submitted ?? 0 },
      ...(['rejected', 'excluded', 'uncertain'] as const).map((name) => ({
        name,
        status: name,
        count: counts[name] ?? 0,
      })),
      { name: 'pending' as const, status: 'pending' as const, count: pending },
    ].filter(({ name, count }) => name === 'submitted' || count > 0),
    events: events.some(({ count }) => count > 0) ? events : null,
  }
}

/** The query that asks the API for a CampaignDoc. */
export const SHOWN_OF_CAMPAIGN = [
  'depth=0',
  ...['status', 'subject', 'problem', 'counts', 'startedAt', 'finishedAt'].map(
    (name) => `select[${name}]=true`,
  ),
].join('&')

/** How often to ask how a campaign stands, in milliseconds; null: what is known does not grow old by itself. */
export const whileMoving = (campaign: CampaignDoc | null | undefined): number | null =>
  campaign && campaignFacts(campaign).isMoving ? 2000 : null

const MOVING: CampaignStatus[] = ['scheduled', 'preparing', 'submitting']

/** In the order of the buttons. */
const ORDER = ['pause', 'resume', 'retry', 'cancel'] as const satisfies Control[]

const allowedControls = (status: CampaignStatus): Control[] =>
  ORDER.filter((control) => {
    const from: readonly CampaignStatus[] = CONTROLS[control].from
    return from.includes(status)
  })

const problemOf = ({ problem }: CampaignDoc): CampaignFacts['problem'] =>
  problem?.code ? { code: problem.code, message: problem.message ?? problem.code } : null
