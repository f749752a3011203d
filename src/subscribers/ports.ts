import type { Id, Locale } from '../newsletter/model.ts'

/** A person as an import brings them: active, with consent. */
export interface NewSubscriber {
  /** Normalised: see emailAddress.ts. */
  email: string
  name: string | null
  locale: Locale
  /** In the order in which they were given, none twice. */
  topicIds: Id[]
  consentSource: string
}

export interface KnownSubscriber {
  email: string
  createdAt: Date
}

/** What an import needs of the list of subscribers; src/adapters/subscribers has it for each database. */
export interface SubscriberList {
  /** Every topic's id by its slug. */
  readTopics: () => Promise<Map<string, Id>>
  /**
   * Adds those whose address nobody has, created and with consent at `now`, each complete in one step. Nothing of a
   * person who is there already is changed. No address may be given twice.
   * @returns the addresses that were there.
   */
  addNew: (addition: { subscribers: readonly NewSubscriber[]; now: Date }) => Promise<KnownSubscriber[]>
}
