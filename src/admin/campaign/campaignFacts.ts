import type { CampaignStatus, DeliveryStatus } from '../../newsletter/model.ts'
import { allowedControls, type Control } from '../../newsletter/rules/controls.ts'
import { UNOPENED } from '../../newsletter/scheduleCampaign.ts'
import { UNDECIDED } from '../../newsletter/rules/problems.ts'
import { isMoving } from '../../newsletter/rules/progress.ts'
import type { Campaign } from '../../payload-types.ts'

const SHOWN = [
  'article',
  'edition',
  'status',
  'subject',
  'problem',
  'stalled',
  'postponed',
  'holdLeftMs',
  'canary',
  'heldAt',
  'undoneAt',
  'returnedAt',
  'formerVersion',
  'counts',
  'firstEventAt',
  'silence',
  'decision',
  'override',
  'startedAt',
  'finishedAt',
] as const satisfies (keyof Campaign)[]

/** What the admin shows of a campaign, as the API gives it. */
export type CampaignDoc = Pick<Campaign, 'id' | (typeof SHOWN)[number]>

/** The query that asks the API for a CampaignDoc; of whoever decided, the name. */
export const SHOWN_OF_CAMPAIGN = [
  'depth=1',
  'populate[users][name]=true',
  'populate[articles][visibility]=true',
  ...SHOWN.map((name) => `select[${name}]=true`),
].join('&')

const DELIVERY_COUNTS = ['submitted', 'rejected', 'excluded', 'uncertain'] as const satisfies DeliveryStatus[]
export const EVENT_COUNTS = ['delivered', 'bounced', 'complained'] as const
export type CountName =
  'recipients' | 'pending' | (typeof DELIVERY_COUNTS)[number] | (typeof EVENT_COUNTS)[number]

/**
 * How it stands: its status, or more precisely
 * - `watched`: all of its canary is mailed, and the rest waits for events;
 * - `waiting`: being submitted, but held until something is mended;
 * - `remailing`: everybody has an outcome, and some are mailed once more;
 * - `undone`: staff undid it in its hold. Publishing the article again starts a new hold;
 * - `undecided`: paused until staff decide about the uncertain.
 */
export type CampaignState = CampaignStatus | 'undone' | 'watched' | 'waiting' | 'remailing' | 'undecided'

export interface CampaignFacts {
  status: CampaignStatus
  state: CampaignState
  problem: { code: string; message: string } | null
  /** Whether the article was mailed before: it is a later edition. */
  isLater: boolean
  /** Nobody was mailed yet: what is published now becomes the mail. */
  isUnopened: boolean
  /**
   * Of one that was undone: for how many seconds its article was on the site. Null where that was public before, and while it
   * is not back.
   */
  visibleSeconds: number | null
  /** While it is in its canary: how many mails that has, and until when the rest waits (null: they are being mailed). */
  canary: { mails: number; waitsUntil: string | null } | null
  /** Since when it should have moved and has not. */
  stalledSince: string | null
  /** Whether a worker is at it, so that what is shown grows old. */
  isMoving: boolean
  /** In the order of the buttons. */
  controls: Control[]
  /** Whether nobody is mailed again because its article was mailed once more since. */
  isFollowed: boolean
  recipients: number
  settled: number
  pending: number
  rejected: number
  uncertain: number
  /** Of the pending: whose servers ask to come later. */
  postponed: { count: number; nextTryAt: string } | null
  /** By the status of a delivery, those that say something. They add up to the recipients. */
  outcomes: { name: CountName; status: DeliveryStatus; count: number }[]
  /** What the provider told later; null when it told nothing: that is not zero. */
  events: { name: CountName; count: number }[] | null
  /** Nothing was told although it should have been: what is to be set up. */
  silence: { webhookUrl: string; hasSecret: boolean } | null
}

/**
 * What follows from a campaign's row for those who look at it.
 * @param then.hasLaterEdition whether its article was mailed once more since; null: that is not known yet, and nobody is offered to
 * be mailed again.
 */
export function campaignFacts(
  campaign: CampaignDoc,
  { hasLaterEdition }: { hasLaterEdition: boolean | null } = { hasLaterEdition: false },
): CampaignFacts {
  const { status } = campaign
  const counts = campaign.counts ?? {}
  const recipients = counts.recipients ?? 0
  const settled = DELIVERY_COUNTS.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
  const pending = Math.max(recipients - settled, 0)
  const rejected = counts.rejected ?? 0
  const uncertain = counts.uncertain ?? 0
  const problem = problemOf(campaign)
  const state = stateOf({ campaign, problem, isSettled: recipients > 0 && pending === 0 })
  const events = EVENT_COUNTS.map((name) => ({ name, count: counts[name] ?? 0 }))
  return {
    status,
    state,
    problem,
    isLater: campaign.edition > 1,
    isUnopened: recipients === 0 && UNOPENED.includes(status),
    visibleSeconds: visibleSecondsOf(campaign),
    canary:
      status === 'canary'
        ? { mails: campaign.canary?.mails ?? 0, waitsUntil: campaign.canary?.waitsUntil ?? null }
        : null,
    stalledSince: campaign.stalled?.since ?? null,
    // Of one that is cancelled, the worker notes for each who was left that nothing comes; of one that was undone, the article
    // is taken back.
    isMoving:
      isMoving(status) ||
      (status === 'cancelled' && pending > 0) ||
      (state === 'undone' && !campaign.returnedAt),
    controls: inOrder(
      allowedControls({
        ...{ status, problemCode: problem?.code ?? null, counts: { rejected, uncertain } },
        hasLaterEdition: hasLaterEdition !== false,
      }),
      state,
    ),
    isFollowed: hasLaterEdition === true && rejected + uncertain > 0,
    recipients,
    settled,
    pending,
    rejected,
    uncertain,
    postponed: campaign.postponed ?? null,
    outcomes: [
      { name: 'submitted' as const, status: 'submitted' as const, count: counts.submitted ?? 0 },
      ...(['rejected', 'excluded', 'uncertain'] as const).map((name) => ({
        name,
        status: name,
        count: counts[name] ?? 0,
      })),
      { name: 'pending' as const, status: 'pending' as const, count: pending },
    ].filter(({ name, count }) => name === 'submitted' || count > 0),
    events: campaign.firstEventAt ? events : null,
    silence: campaign.silence ?? null,
  }
}

/** How often to ask how a campaign stands, in milliseconds; null: what is known does not grow old by itself. */
export const whileMoving = (campaign: CampaignDoc | null | undefined): number | null =>
  campaign && campaignFacts(campaign).isMoving ? 2000 : null

function stateOf({
  campaign: { status, decision, undoneAt, canary },
  problem,
  isSettled,
}: {
  campaign: CampaignDoc
  problem: CampaignFacts['problem']
  isSettled: boolean
}): CampaignState {
  if (status === 'paused' && problem?.code === UNDECIDED.code) return 'undecided'
  if (status === 'cancelled' && undoneAt) return 'undone'
  if (status === 'canary' && canary?.waitsUntil) return 'watched'
  if (status !== 'submitting' && status !== 'canary') return status
  if (problem) return 'waiting'
  return status === 'submitting' && isSettled && decision?.kind === 'mail_again' ? 'remailing' : status
}

const ORDER = [
  'undo',
  'send-now',
  'pause',
  'resume',
  'retry',
  'mail-again',
  'leave',
  'cancel',
] as const satisfies Control[]

/**
 * In its hold undoing is what stops it. Once everybody else has been mailed there is nothing to cancel: to leave the uncertain
 * says what happens.
 */
const inOrder = (allowed: Control[], state: CampaignState): Control[] =>
  ORDER.filter((control) => allowed.includes(control) && !HIDDEN_IN[state]?.includes(control))

const HIDDEN_IN: Partial<Record<CampaignState, Control[]>> = {
  holding: ['pause', 'cancel'],
  undecided: ['cancel'],
}

/** A later edition publishes nothing, and what is only mailed is on no page. */
function visibleSecondsOf({
  article,
  edition,
  heldAt,
  undoneAt,
  returnedAt,
  formerVersion,
}: CampaignDoc): number | null {
  const isMailOnly = typeof article === 'object' && article.visibility === 'mail_only'
  if (edition > 1 || isMailOnly || !heldAt || !undoneAt || !returnedAt || formerVersion) return null
  return Math.max(1, Math.round((Date.parse(undoneAt) - Date.parse(heldAt)) / 1000))
}

const problemOf = ({ problem }: CampaignDoc): CampaignFacts['problem'] =>
  problem?.code ? { code: problem.code, message: problem.message ?? problem.code } : null
