import type { Problem } from '../model.ts'

/** Of a later edition: who got the earlier ones is not known any more. */
export const EDITION_TOO_OLD = 'edition_too_old'

/** The codes under which staff and scripts find why a campaign does not go on. A code never changes its meaning. */
export const ARTICLE_UNPUBLISHED = 'article_unpublished'
export const SITE_INCOMPLETE = 'site_incomplete'
export const RENDER_FAILED = 'render_failed'

/** A campaign that has mailed everybody whom it could, and waits for what staff decide of the others. */
export const UNDECIDED: Problem = {
  code: 'uncertain_deliveries',
  message:
    'Of some recipients nobody can know whether they got the mail. Decide: mail them again (some may get it twice), or leave it.',
}

/** Why a recipient whose server asked to come later for a day is rejected. */
export const DEFERRED_TOO_LONG = 'deferred_too_long'

export const SENDER_BLOCKED: Problem = {
  code: 'sender_blocked',
  message:
    'The first recipients were all refused for the same reason, which is not theirs: the mail server takes nothing from this sender. Its words are in the receipt. Mend that and resume; when the campaign has ended, “Retry the rejected ones” mails those who were refused.',
}

/** Nobody knows what became of the first part, so that staff decide about the rest. */
export const CANARY_SILENT: Problem = {
  code: 'canary_silent',
  message:
    'The provider has told nothing of the first mails, so that nobody knows whether they arrived. Look whether the webhook is set up and the mails were accepted, then resume, which mails the rest, or cancel.',
}

/** What was mailed since the copy was made is in no row: only staff can say what is to follow. */
export const RESTORED: Problem = {
  code: 'restored',
  message:
    'The database was restored or copied, and what was mailed since then is not in it. Compare with what the provider says was sent, then resume, mail the uncertain again (some may get it twice), leave them, or cancel.',
}

export const INTERRUPTED: Problem = {
  code: 'interrupted',
  message: 'The worker stopped while the mailer had the mail, and this mailer cannot be asked twice safely.',
}

export const mailNotMade = (error: unknown): Problem => ({
  code: 'mail_not_made',
  message: `A recipient’s mail could not be made: ${sentenceOf(error)}. That is a fault in Utskick; nothing of it was sent.`,
})

export const mailerFailed = (error: unknown): Problem => ({
  code: 'mailer_failed',
  message: `The mailer failed: ${sentenceOf(error)}. Look at the worker’s log.`,
})

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const MAILER_CHANGED: Problem = {
  code: 'mailer_changed',
  message:
    'The mailer or its account was changed while another one had the mail, so that nobody can ask whether it was taken.',
}

export const MAIL_REMOVED: Problem = {
  code: 'mail_removed',
  message: 'The content of this mail was removed before it was handed over.',
}

export const EXPIRED: Problem = {
  code: 'expired',
  message: 'It could not be handed over in time: what it is about has expired. A new one can be asked for.',
}

export const SUPPRESSED: Problem = {
  code: 'suppressed',
  message: 'The address was suppressed before the mail was handed over.',
}

export const SUBSCRIBER_LEFT: Problem = {
  code: 'unsubscribed',
  message: 'The subscriber had left before the mail was handed over.',
}

export const SUBSCRIBER_DELETED: Problem = {
  code: 'deleted',
  message: 'The subscriber was gone before the mail was handed over.',
}
