import type { CampaignMove, MoveControl } from '../../newsletter/rules/campaignMoves.ts'
import type { EditionAudience } from '../../newsletter/model.ts'
import type { Campaign } from '../../payload-types.ts'
import { SHOWN_OF_CAMPAIGN, type CampaignDoc } from '../campaign/campaignFacts.ts'

const SHOWN = ['moves', 'createdAt', 'askedBy', 'undoneBy', 'dueAt'] as const satisfies (keyof Campaign)[]

/** A campaign as its own page asks for it: with what happened to it. */
export type CampaignPageDoc = CampaignDoc & Pick<Campaign, (typeof SHOWN)[number]>

/** The query that asks the API for a CampaignPageDoc. */
export const SHOWN_ON_PAGE = [SHOWN_OF_CAMPAIGN, ...SHOWN.map((name) => `select[${name}]=true`)].join('&')

/** A later mailing of the same article. */
export type LaterEdition = Pick<
  Campaign,
  'id' | 'edition' | 'audience' | 'status' | 'createdAt' | 'askedBy' | 'startedAt' | 'undoneAt'
>

/** The query that asks the API for them. */
export const laterEditionsPath = ({ article, edition }: Pick<Campaign, 'article' | 'edition'>): string => {
  const query = new URLSearchParams({
    'where[article][equals]': String(typeof article === 'object' ? article.id : article),
    'where[edition][greater_than]': String(edition),
    ...{ sort: 'edition', limit: '50', pagination: 'false', depth: '1', 'populate[users][name]': 'true' },
  })
  // No counts: each of one that is under way is counted anew.
  for (const name of ['edition', 'audience', 'status', 'createdAt', 'askedBy', 'startedAt', 'undoneAt'])
    query.set(`select[${name}]`, 'true')
  return `/campaigns?${query}`
}

/** Whether a later mailing may have reached somebody: one that was undone has not. */
export const isFollowedBy = (later: readonly LaterEdition[]): boolean =>
  later.some(({ status, startedAt, undoneAt }) => status !== 'cancelled' || (startedAt && !undoneAt))

/** What a line of the list is about: what somebody did, or how the worker went on. */
export type ToldWhat =
  | MoveControl
  | 'holdEnded'
  | 'preparing'
  | 'opened'
  | 'canary'
  | 'restNow'
  | 'goesOn'
  | 'stopped'
  | 'failed'
  | 'finished'
  | 'closed'
  | 'laterEdition'

export interface ToldMove {
  key: string
  /** ISO 8601. */
  at: string
  what: ToldWhat
  /** Null: the worker, or nobody knows. */
  byName: string | null
  isByWorker: boolean
  problem: CampaignMove['problem']
  override: CampaignMove['override']
  counts: CampaignMove['counts']
  /** Until when it can be undone: of the line that began the hold that runs. */
  heldUntil: string | null
  later: { id: Campaign['id']; audience: EditionAudience } | null
}

/**
 * What happened to a campaign, the newest first: its moves; what its columns tell of the time before them, on a row of an earlier
 * version; and the later mailings of its article.
 */
export function toldMoves(campaign: CampaignPageDoc, later: readonly LaterEdition[] = []): ToldMove[] {
  const moves = ((campaign.moves ?? []) as CampaignMove[]).map(toTold)
  const firstAt = moves[0]?.at
  const before = ofColumns(campaign).filter(({ at }) => firstAt === undefined || at < firstAt)
  const isWhole = moves[0]?.what === 'publish' || moves[0]?.what === 'follow-up'
  const own = [...(isWhole ? [] : before), ...moves]
  return withHold(own, campaign)
    .concat(later.map(toLater))
    .map((told, index) => ({ told, index }))
    .toSorted((one, other) => other.told.at.localeCompare(one.told.at) || other.index - one.index)
    .map(({ told }) => told)
}

const NOTHING = {
  ...{ byName: null, isByWorker: false, problem: null, override: null, counts: null },
  ...{ heldUntil: null, later: null },
}

const toTold = (move: CampaignMove, index: number): ToldMove => ({
  ...NOTHING,
  key: `${index} ${move.at}`,
  at: move.at,
  what: whatOf(move),
  byName: move.byName,
  isByWorker: move.control === null,
  problem: move.problem,
  override: move.override,
  counts: move.counts,
})

/** In a hold `send-now` ends that, in a canary its wait. */
const whatOf = (move: CampaignMove): ToldWhat =>
  move.control === 'send-now' && move.to === 'submitting' ? 'restNow' : (move.control ?? ofWorker(move))

function ofWorker({ to, counts }: CampaignMove): ToldWhat {
  switch (to) {
    case 'holding':
      return 'publish'
    case 'scheduled':
      return 'holdEnded'
    case 'preparing':
    case 'failed':
      return to
    case 'canary':
      return 'canary'
    case 'submitting':
      return counts ? 'opened' : 'goesOn'
    case 'paused':
      return 'stopped'
    case 'submitted':
      return 'finished'
    case 'cancelled':
      return 'closed'
  }
}

/** As far as columns tell. */
function ofColumns(campaign: CampaignPageDoc): ToldMove[] {
  const { edition, createdAt, askedBy, startedAt, finishedAt, undoneAt, undoneBy, decision, override } =
    campaign
  const isEnded = campaign.status === 'submitted' || campaign.status === 'cancelled'
  const { recipients = 0, submitted = 0, rejected = 0, excluded = 0, uncertain = 0 } = campaign.counts ?? {}
  const lines: (Partial<Omit<ToldMove, 'at'>> &
    Pick<ToldMove, 'what'> & { at?: string | null | undefined })[] = [
    { what: edition > 1 ? 'follow-up' : 'publish', at: createdAt, byName: nameOf(askedBy) },
    {
      ...{ what: 'override', at: override?.checks?.length ? override.at : null },
      ...{ byName: nameOf(override?.by) },
      override: { checks: override?.checks ?? [], reason: override?.reason ?? '' },
    },
    { what: 'preparing', at: startedAt, isByWorker: true },
    { what: 'undo', at: undoneAt, byName: nameOf(undoneBy) },
    {
      ...{
        what: decision?.kind === 'leave' ? 'leave' : 'mail-again',
        at: decision?.kind ? decision.at : null,
      },
      byName: nameOf(decision?.by),
    },
    {
      ...{ what: 'finished', at: isEnded && !undoneAt ? finishedAt : null, isByWorker: true },
      counts: { recipients, submitted, rejected, excluded, uncertain } as ToldMove['counts'],
    },
  ]
  return lines
    .flatMap(({ at, ...line }) => (at ? [{ ...NOTHING, ...line, at, key: `${line.what} ${at}` }] : []))
    .toSorted((one, other) => one.at.localeCompare(other.at))
}

const nameOf = (user: LaterEdition['askedBy']): string | null =>
  typeof user === 'object' ? (user?.name ?? null) : null

/** Only the hold that runs now is known to its end: those before were ended, each with a line of its own. */
function withHold(moves: ToldMove[], { status, dueAt }: CampaignPageDoc): ToldMove[] {
  const begun = moves.findLastIndex(({ what }) => what === 'publish' || what === 'follow-up')
  return moves.map((move, index) =>
    index === begun && status === 'holding' ? { ...move, heldUntil: dueAt } : move,
  )
}

const toLater = ({ id, audience, createdAt, askedBy }: LaterEdition): ToldMove => ({
  ...NOTHING,
  ...{ key: `later ${id}`, at: createdAt, what: 'laterEdition', byName: nameOf(askedBy) },
  later: { id, audience },
})
