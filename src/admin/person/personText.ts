import type { ConsentKind, ExclusionReason, SubscriberStatus } from '../../newsletter/model.ts'
import { en } from './textEn.ts'
import { sv } from './textSv.ts'

/** The words of a subscriber's page. Times come as they are written. */
export interface PersonText {
  language: 'sv-SE' | 'en-GB'
  heading: string
  status: Record<SubscriberStatus, string>
  about: {
    active: (since: string) => string
    paused: (until: string) => string
    pending: (until: string) => string
    tooLate: string
    unsubscribed: (since: string) => string
    /** Somebody left before times were kept. */
    left: string
    suppressed: string
  }
  confirmAgain: string
  confirmSent: (until: string) => string
  pause: { label: string; weeks: (count: number) => string; button: string; end: string }
  exportData: string
  erase: {
    button: string
    heading: (name: string) => string
    about: string
    next: string
    last: (name: string) => string
    lastAbout: string
    confirm: (name: string) => string
    back: string
    done: (name: string) => string
  }
  unsaved: string
  failed: string
  timeline: {
    heading: string
    earlier: string
    loading: string
    none: string
    unreachable: string
    by: (name: string) => string
    /** What staff did for them, where the label says that they did it. */
    byStaff: Partial<Record<ConsentKind, string>>
    from: (source: string) => string
    agreedAt: (day: string) => string
    text: string
    change: {
      added: (topics: string) => string
      removed: (topics: string) => string
      locale: (name: string) => string
      name: string
      until: (day: string) => string
    }
    newsletter: (subject: string) => string
    untitled: string
    facts: Record<'delivered' | 'bounced' | 'complained' | 'failed', (time: string) => string>
    excluded: Record<ExclusionReason, string>
    mail: (kind: string) => string
    message: string
    answered: string
    unanswered: string
    bounced: string
    complained: string
    ofMail: (subject: string) => string
    suppressed: (reason: string) => string
    lifted: string
    because: (reason: string) => string
    sources: Record<string, string>
    form: (page: string) => string
    file: (name: string) => string
  }
}

/** In the language that the user chose for the admin. */
export const personText = (language: string): PersonText => (language === 'sv' ? sv : en)
