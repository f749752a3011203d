import type { Value } from '@libsql/client'
import { MOST_MOVES, moveTo } from '../../../newsletter/rules/campaignMoves.ts'

/** Payload keeps times as ISO text, which sorts as time does. */
export const iso = (date: Date): string => date.toISOString()

export const later = (date: Date, ms: number): string => new Date(date.getTime() + ms).toISOString()

export const text = (value: Value | undefined): string => String(value)

export const textOrNull = (value: Value | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

export const dateOrNull = (value: Value | undefined): Date | null =>
  value === null || value === undefined ? null : new Date(String(value))

export const json = <T>(value: Value | undefined): T | null =>
  value === null || value === undefined ? null : (JSON.parse(String(value)) as T)

/** As many places for arguments as there are values: `?, ?`. */
export const placesFor = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** What ends a campaign's problem, within SET. */
export const NO_PROBLEM = 'problem_code = NULL, problem_message = NULL, problem_at = NULL'

/** What ends a lease, within SET. */
export const NO_LEASE = 'lease_token = NULL, lease_until = NULL'

/** What lets go of all that a campaign which has not opened had fixed, within SET. */
export const NOTHING_FIXED = 'subject = NULL, mailing = NULL, topic_ids = NULL'

/**
 * What a campaign's moves are with one more, within SET: the newest ones, in the very write that moves it.
 * @param move the JSON of a CampaignMove: a place for an argument, or what makes it of one.
 */
export const movesWith = (move: string): string => `json_remove(json_insert(${MOVES}, '$[#]', json(${move})),
    iif(json_array_length(${MOVES}) < ${MOST_MOVES}, '$[${MOST_MOVES}]', '$[0]'))`

/** What `movesWith` takes as an argument. */
export const moveJson = (move: Parameters<typeof moveTo>[0]): string => JSON.stringify(moveTo(move))

/** A row of an earlier version has none. */
const MOVES = `iif(json_type(campaigns.moves) = 'array', campaigns.moves, '[]')`

/** A condition on a campaign: its article has a later edition, which was not undone. */
export const HAS_LATER_EDITION = `EXISTS (SELECT 1 FROM campaigns l WHERE l.article_id = campaigns.article_id
  AND l.edition > campaigns.edition AND (l.status <> 'cancelled' OR l.snapshot IS NOT NULL))`

/** A condition on a campaign: an earlier edition of its article is not over. One that was cancelled may have a call in doubt. */
export const WAITS_FOR_EDITION = `EXISTS (SELECT 1 FROM campaigns e WHERE e.article_id = campaigns.article_id
  AND e.edition < campaigns.edition AND (e.status NOT IN ('submitted', 'cancelled') OR e.remailing IS NOT NULL
    OR (e.status = 'cancelled' AND e.finished_at IS NULL)))`

/** A condition on a campaign: mails of it are handed over. */
export const IS_MAILED = `status IN ('canary', 'submitting')`

/** A condition on a campaign: some of its batches are not settled. */
export const HAS_UNSETTLED_BATCH = `EXISTS (SELECT 1 FROM batches b
  WHERE b.campaign_id = campaigns.id AND b.snapshot = campaigns.snapshot AND b.status = 'pending')`

/** A condition on a campaign in its canary: some batches of that are not settled. */
export const HAS_UNSETTLED_CANARY = `EXISTS (SELECT 1 FROM batches b
  WHERE b.campaign_id = campaigns.id AND b.snapshot = campaigns.snapshot AND b.number < campaigns.canary_batches
    AND b.status = 'pending')`
