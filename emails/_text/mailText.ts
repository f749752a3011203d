import type { Locale } from '../../src/newsletter/model.ts'
import { en } from './en.ts'
import { sv } from './sv.ts'

/** Every word that the frame of a mail says. A language that lacks one does not compile. */
export interface MailText {
  readOnTheWeb: string
  by: (names: string) => string
  /** Where the article is not there in the reader's language. */
  onlyIn: Record<Locale, string>
  related: string
  contact: string
  /** The reply address follows. */
  reply: string
  /** The number follows; it comes after another sentence. */
  call: string
  /** Why the reader gets it: `name` is the site's. */
  why: (reader: { email: string; name: string }) => string
  unsubscribe: string
  preferences: string
}

export const mailText: Record<Locale, MailText> = { sv, en }
