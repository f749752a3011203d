import type { Id, Locale, TransactionalMailKind } from '../newsletter/model.ts'

/** What a mail to one person says besides the frame, by what it is for. Every address is absolute. */
export type MailContent =
  | {
      kind: 'confirm-subscription'
      confirmUrl: string
      /** What they agree to by confirming, word for word. */
      consentText: string
    }
  | {
      kind: 'welcome'
      preferencesUrl: string
      /** The page; people follow it. */
      unsubscribeUrl: string
      /** The endpoint that a mail program calls by itself (RFC 8058). */
      leaveUrl: string
    }
  | { kind: 'confirm-address'; confirmUrl: string }
  /** To the address before: no link, since whoever reads it there need not be the person. */
  | { kind: 'address-changed' }
  | { kind: 'fresh-link'; preferencesUrl: string }
  | { kind: 'contact-thanks'; message: string }
  | {
      kind: 'contact-notice'
      message: string
      from: { name: string; email: string }
      /** Where staff read and answer it. */
      adminUrl: string
    }
  /** To an editor: an author has handed an article in. */
  | ({ kind: 'review-asked' } & AboutReview)
  /** To its author: an editor has given it back. */
  | ({ kind: 'review-returned' } & AboutReview)

interface AboutReview {
  /** The name of whoever did it. */
  from: string
  /** The article's; empty while it has none. */
  title: string
  /** What they wrote with it; may be empty. */
  message: string
  /** The article in the admin. */
  adminUrl: string
}

/** The content of one kind. */
export type ContentOf<Kind extends TransactionalMailKind> = Extract<MailContent, { kind: Kind }>

/** A mail to one person that is no newsletter: to whom, in which language, and what it is about. */
export type MailRequest = MailContent & {
  to: { email: string; name: string | null }
  locale: Locale
  subscriberId?: Id | null
  contactMessageId?: Id | null
  /**
   * Names what asks for the mail, where that may ask twice: a second request of that name writes nothing, and gives what
   * the first wrote.
   */
  idempotencyKey?: string
}
