import type { ConsentKind, Locale } from '../../../../newsletter/model.ts'
import { en } from './en.ts'
import { sv } from './sv.ts'

/** What the page of a reader's choices says besides the form, and the pages that belong to it. */
export interface ChoicesText {
  pause: {
    title: string
    text: string
    weeks: string
    weeksHint: string
    pause: string
    until: (date: string) => string
    resume: string
    paused: string
    resumed: string
    wrong: string
  }
  address: {
    title: string
    text: string
    email: string
    change: string
    asked: string
    wrong: string
  }
  history: {
    title: string
    kinds: Record<ConsentKind, string>
    /** The sources that we name ourselves; others are shown as they are. */
    sources: Record<string, string>
    /** A form, by the page or site that it stood on. */
    form: (page: string) => string
    source: (source: string) => string
    agreed: string
    none: string
  }
  data: {
    title: string
    text: string
    download: string
    erase: string
  }
  erase: {
    title: string
    text: string
    underWay: string
    messages: string
    erase: string
    back: string
    erased: string
    erasedText: string
  }
  expired: {
    title: string
    text: string
    leaving: string
    renew: string
    renewed: string
  }
  confirmAddress: {
    title: string
    text: (email: string) => string
    confirm: string
    changed: string
    changedText: (email: string) => string
    expired: string
    expiredText: string
    used: string
    usedText: string
    notFree: string
  }
}

export const choicesText: Record<Locale, ChoicesText> = { sv, en }
