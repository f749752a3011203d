import { ARTICLE_UNPUBLISHED } from './problems.ts'

const STOPPED_BY = 'stopped_by_'

/** The code of a campaign's problem when preflight said stop after the hold: by which check. */
export const stoppedBy = (check: string): string => `${STOPPED_BY}${check}`

/** The check by which a campaign was stopped so; null for any other problem. */
export const stoppedCheck = (problemCode: string | null | undefined): string | null =>
  problemCode?.startsWith(STOPPED_BY) ? problemCode.slice(STOPPED_BY.length) : null

/** Whether a campaign that is paused for this reason goes on when its article is published again, as a new click. */
export const waitsForPublishing = (problemCode: string | null | undefined): boolean =>
  problemCode === ARTICLE_UNPUBLISHED || stoppedCheck(problemCode) !== null
