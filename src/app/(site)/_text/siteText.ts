import type { Locale } from '../../../newsletter/model.ts'
import { en } from './en.ts'
import { sv } from './sv.ts'

/** Every word that the site says by itself. A language that lacks one does not compile. */
export interface SiteText {
  /** The language's own name. */
  language: string
  skipToContent: string
  home: string
  topics: string
  allTopics: string
  articles: string
  noArticles: string
  newer: string
  older: string
  pages: string
  pageOf: (page: number, total: number) => string
  by: string
  aboutTheAuthors: string
  related: string
  contact: string
  orCall: string
  call: string
  follow: string
  onlyIn: Record<Locale, string>
  draft: string
  notFound: { title: string; text: string }
  failed: { title: string; text: string; again: string }
  linkInvalid: { title: string; text: string }
  unsubscribe: {
    title: string
    question: string
    address: (email: string) => string
    leave: string
    left: string
    leftText: string
    undo: string
    notMailed: string
    notMailedText: string
    tooLate: string
    notSaved: string
    undoNotSaved: string
  }
  preferences: {
    title: string
    intro: (email: string) => string
    name: string
    nameHint: string
    language: string
    languageHint: string
    topics: string
    topicsHint: string
    save: string
    saved: string
    notSaved: string
    wrong: Record<'name' | 'locale' | 'topics', string>
    wrongOther: string
    leave: string
    gone: string
    goneText: string
    notMailed: string
  }
}

export const siteText: Record<Locale, SiteText> = { sv, en }
