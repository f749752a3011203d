import type { Problem } from '../model.ts'

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

export const INTERRUPTED: Problem = {
  code: 'interrupted',
  message: 'The worker stopped while the mailer had the mail, and this mailer cannot be asked twice safely.',
}

export const MAILER_CHANGED: Problem = {
  code: 'mailer_changed',
  message:
    'The mailer was changed while another one had the mail, so that nobody can ask whether it was taken.',
}
