import { CHANGEABLE_STATUSES } from '../../plans/model.ts'
import type { AdminText } from '../text/adminText.ts'
import type { Plan } from '../../payload-types.ts'

/** What pages show of a plan. */
export type PlanDoc = Pick<
  Plan,
  | 'id'
  | 'article'
  | 'title'
  | 'action'
  | 'channels'
  | 'version'
  | 'dueAt'
  | 'status'
  | 'hasNewerText'
  | 'problem'
  | 'endedAt'
>

/** What pages ask for. */
export const SHOWN_OF_PLAN = ['depth=0', 'pagination=false', 'limit=10', 'sort=dueAt'].join('&')

/** While a worker carries one out, and around the time of one, it is looked at more often; not for as long as no worker runs. */
const MOVING_MS = 2_000
const RESTING_MS = 15_000
const SOON_MS = 30_000
const LONG_AGO_MS = 2 * 60_000

export const whilePlanned = (plans: readonly PlanDoc[]): number | null => {
  if (plans.length === 0) return null
  const isMoving = plans.some(({ status, dueAt }) => {
    const inMs = new Date(dueAt).getTime() - Date.now()
    return (status === 'waiting' || status === 'running') && inMs < SOON_MS && inMs > -LONG_AGO_MS
  })
  return isMoving ? MOVING_MS : RESTING_MS
}

/** Whether staff can move and cancel it. */
export const isChangeable = ({ status }: Pick<PlanDoc, 'status'>): boolean =>
  CHANGEABLE_STATUSES.some((changeable) => changeable === status)

/** A planned time as the clock of the site shows it: "torsdag 3 december 2026 08:00". */
export const showSiteTime = ({
  at,
  timeZone,
  language,
}: {
  at: string
  timeZone: string
  language: AdminText['language']
}): string =>
  new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', timeZone },
  })
    .format(new Date(at))
    .replace(' kl. ', ' ')
