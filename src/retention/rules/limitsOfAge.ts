import { UNDO_MS } from '../../subscribers/importRuns.ts'

const DAY_MS = 86_400_000

/** How many days personal data is kept: what the site's settings say. */
/** As the fields of the site's settings say by themselves. */
export const DEFAULT_RETENTION_DAYS = 400

export interface RetentionDays {
  deliveryDays: number
  contactMessageDays: number
}

/** Whoever does not confirm within a week is forgotten; what a mail said is needed no longer than it may be asked about. */
const WAITING_DAYS = 7
const MAIL_BODY_DAYS = 7
/** An editor may leave "Create new" open over a weekend. */
const BLANK_DRAFT_DAYS = 7
/** Staff have time to look at them; they hold what the provider told, with addresses. */
const SET_ASIDE_DAYS = 30
/** A file of an import that still runs is newer. */
const FILE_DAYS = 2

export interface LimitsOfAge {
  deliveries: Date
  contactMessages: Date
  waitingSubscribers: Date
  mailBodies: Date
  blankDrafts: Date
  files: Date
  setAsideEvents: Date
  imports: Date
}

/** What is older than these moments goes. */
export function limitsOfAge({
  deliveryDays,
  contactMessageDays,
  now,
}: RetentionDays & { now: Date }): LimitsOfAge {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  return {
    deliveries: daysAgo(deliveryDays),
    contactMessages: daysAgo(contactMessageDays),
    waitingSubscribers: daysAgo(WAITING_DAYS),
    mailBodies: daysAgo(MAIL_BODY_DAYS),
    blankDrafts: daysAgo(BLANK_DRAFT_DAYS),
    files: daysAgo(FILE_DAYS),
    setAsideEvents: daysAgo(SET_ASIDE_DAYS),
    imports: new Date(now.getTime() - UNDO_MS),
  }
}
