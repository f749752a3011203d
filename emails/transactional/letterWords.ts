import type { Locale, TransactionalMailKind } from '../../src/newsletter/model.ts'
import type { ContentOf } from '../../src/transactional/mailRequest.ts'
import { en } from './en.ts'
import type { Letter, LetterSite } from './props.ts'
import { sv } from './sv.ts'

/** What a letter of one kind is made of: who it is from, whose address it goes to, and what it is about. */
export interface LetterInput<Kind extends TransactionalMailKind> {
  site: LetterSite
  /** The address that it goes to. */
  email: string
  content: ContentOf<Kind>
}

/** A letter for each kind. A language that lacks one does not compile. */
export type LetterWords = {
  [Kind in TransactionalMailKind]: (input: LetterInput<Kind>) => Letter
}

const words: Record<Locale, LetterWords> = { sv, en }

/** The letter of a kind in the reader's language. */
export const letterOf = <Kind extends TransactionalMailKind>({
  locale,
  kind,
  ...input
}: LetterInput<Kind> & { locale: Locale; kind: Kind }): Letter => words[locale][kind](input)
