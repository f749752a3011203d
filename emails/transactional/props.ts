import type { Block, Inline } from '../../src/rich-text/model.ts'
import type { MailSite } from '../props.ts'

/** Who a letter is from. A site whose settings are not filled in yet still answers: what is not there is null. */
export interface LetterSite extends Omit<MailSite, 'replyTo' | 'postalAddress'> {
  replyTo: string | null
  postalAddress: string | null
}

/** What one mail to one person says, in words; its HTML and its text are made of the same. */
export interface Letter {
  subject: string
  /** The line after the subject in the inbox. */
  preheader: string
  title: string
  body: LetterBlock[]
  footer: LetterFooterContent
}

/** What an article can have, and two kinds of their own. */
export type LetterBlock =
  | Block
  /** What somebody wrote to us, in their lines. */
  | { kind: 'message'; children: Inline[] }
  /** What must be said, and need not be read first. */
  | { kind: 'smallPrint'; children: Inline[] }
  /** The address of the button, for those whose button does nothing; the plain text has no button. */
  | { kind: 'copyLink'; label: string; url: string }

/** Why it came, and for those who have the newsletter how to leave. */
export interface LetterFooterContent {
  why: string
  links: { label: string; url: string }[]
}
