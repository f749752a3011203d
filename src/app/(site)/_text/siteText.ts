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
  writeToUs: string
  contactForm: {
    title: string
    intro: string
    name: string
    email: string
    message: string
    subscribe: string
    subscribeHint: string
    trap: string
    send: string
    sent: string
    sentText: string
    wrong: Record<'name' | 'email' | 'message', string>
    wrongSome: string
    wrongOther: string
    tooMany: string
    notSaved: string
  }
  draft: string
  mailed: string
  notFound: { title: string; text: string }
  failed: { title: string; text: string; again: string }
  linkInvalid: { title: string; text: string }
  /** Of a test mail or a preview. */
  linkOfTrial: { title: string; text: string }
  subscribe: {
    title: string
    /** Leads to the form, from every page. */
    link: string
    /** At the end of an article. */
    invitation: string
    invitationText: string
    intro: string
    email: string
    name: string
    nameHint: string
    topics: string
    topicsHint: string
    /** For what only programs see. */
    trap: string
    submit: string
    asked: string
    askedText: string
    askedHint: string
    again: string
    wrong: Record<'email' | 'name' | 'locale' | 'topics', string>
    wrongOther: string
    tooMany: string
    notSaved: string
  }
  confirm: {
    title: string
    question: string
    address: (email: string) => string
    /** Before the words of the consent. */
    agree: string
    confirm: string
    /** While the page's script does it. */
    working: string
    done: string
    doneText: string
    expired: string
    expiredText: string
    gone: string
    goneText: string
    left: string
    leftText: string
    notMailed: string
    notMailedText: string
    notSaved: string
    subscribe: string
  }
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
    again: string
  }
}

export const siteText: Record<Locale, SiteText> = { sv, en }
