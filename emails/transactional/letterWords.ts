import type { Locale } from '../../src/newsletter/model.ts'
import type { MailContent } from '../../src/transactional/mailRequest.ts'
import { en } from './en.ts'
import type { Letter, LetterSite } from './props.ts'
import { sv } from './sv.ts'

/** What letters are about: the transactional mails, and the one that Payload sends (src/adapters/authMail.ts). */
export type LetterContent =
  | MailContent
  | {
      kind: 'new-password'
      /** Where they choose it. */
      url: string
    }

export type LetterKind = LetterContent['kind']

/** What a letter of one kind is made of: who it is from, whose address it goes to, and what it is about. */
export interface LetterInput<Kind extends LetterKind> {
  site: LetterSite
  /** The address that it goes to. */
  email: string
  content: Extract<LetterContent, { kind: Kind }>
}

/** A letter for each kind. A language that lacks one does not compile. */
export type LetterWords = {
  [Kind in LetterKind]: (input: LetterInput<Kind>) => Letter
}

const words: Record<Locale, LetterWords> = { sv, en }

/** The letter of a kind in the reader's language. */
export const letterOf = <Kind extends LetterKind>({
  locale,
  kind,
  ...input
}: LetterInput<Kind> & { locale: Locale; kind: Kind }): Letter => words[locale][kind](input)
