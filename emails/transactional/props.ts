import type { RichText } from '../../src/rich-text/model.ts'
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
  body: RichText
  footer: LetterFooterContent
}

/** Why it came, and for those who have the newsletter how to leave. */
export interface LetterFooterContent {
  why: string
  links: { label: string; url: string }[]
}
