import type { CampaignStatus, DeliveryCounts, Id, Override, Problem } from '../model.ts'
import { CAMPAIGN_CONTROLS } from './controls.ts'

/**
 * What a person did that a campaign's row tells of, beside the controls:
 * - `publish`: the article was published, and its first campaign began, or began anew.
 * - `follow-up`: a later edition was asked for.
 * - `withdraw`: the article was published without a newsletter.
 * - `override`: an admin passed a stop of preflight; the status stays.
 */
export const MOVE_CONTROLS = [...CAMPAIGN_CONTROLS, 'publish', 'follow-up', 'withdraw', 'override'] as const
export type MoveControl = (typeof MOVE_CONTROLS)[number]

/** Those of them that begin a campaign, or begin it anew. */
export const BEGINNINGS: readonly (MoveControl | null)[] = ['publish', 'follow-up']

/** The numbers that a move fixes; see DeliveryCounts. */
export type MovedCounts = Pick<
  DeliveryCounts,
  'recipients' | 'submitted' | 'rejected' | 'excluded' | 'uncertain'
>

/** One move of a campaign, as its row keeps it. What it was before is what the move before it says. */
export interface CampaignMove {
  /** ISO 8601, UTC. */
  at: string
  /** What the campaign is from then on. */
  to: CampaignStatus
  /** What somebody did; null: the worker moved it. */
  control: MoveControl | null
  /** A user; null: the worker, or nobody knows. */
  by: Id | null
  /** Outlives the user. */
  byName: string | null
  /** Why it stopped. */
  problem: Problem | null
  /** What an admin passed. */
  override: { checks: string[]; reason: string } | null
  /** When its audience was fixed: the recipients, with nobody mailed yet. When it finished: what became of them. */
  counts: MovedCounts | null
}

/** So many moves a campaign keeps, the newest. */
export const MOST_MOVES = 200

/** A row holds all of them. */
const LONGEST_NAME = 200
const LONGEST_TEXT = 1_000

/** A character of two code units is not cut in half. */
const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…`

/** Who moves a campaign by which control. */
export interface Mover {
  control?: MoveControl | null
  by?: Id | null
  byName?: string | null
}

export const moveTo = ({
  to,
  now,
  control = null,
  by = null,
  byName = null,
  problem = null,
  override = null,
  counts = null,
}: Pick<CampaignMove, 'to'> &
  Partial<Omit<CampaignMove, 'at' | 'to' | 'override'>> & {
    override?: Pick<Override, 'checks' | 'reason'> | null
    now: Date
  }): CampaignMove => ({
  at: now.toISOString(),
  ...{ to, control, by, byName: byName && cut(byName, LONGEST_NAME) },
  problem: problem && { code: problem.code, message: cut(problem.message, LONGEST_TEXT) },
  override: override && { checks: [...override.checks], reason: cut(override.reason, LONGEST_TEXT) },
  counts: counts && movedCounts(counts),
})

/** The moves with one more. */
export const withMove = (moves: readonly CampaignMove[], move: CampaignMove): CampaignMove[] =>
  [...moves, move].slice(-MOST_MOVES)

/** Nobody of them is mailed yet. */
export const countsOfAudience = (recipients: number): MovedCounts => ({
  ...{ recipients, submitted: 0, rejected: 0, excluded: 0, uncertain: 0 },
})

const movedCounts = ({ recipients, submitted, rejected, excluded, uncertain }: MovedCounts): MovedCounts => ({
  ...{ recipients, submitted, rejected, excluded, uncertain },
})
