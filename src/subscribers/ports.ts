import type {
  ConsentKind,
  HashOnlyReason,
  Id,
  Locale,
  SubscriberStatus,
  SuppressionReason,
} from '../newsletter/model.ts'
import { isHashOnly } from '../newsletter/rules/isHashOnly.ts'

/** Why an address that an import brings must not be mailed. What is known by its hash alone is never in a file. */
export type ImportedSuppression = Exclude<SuppressionReason, HashOnlyReason>

/** A person as an import brings them. */
export interface NewSubscriber {
  /** Normalised: see emailAddress.ts. */
  email: string
  name: string | null
  locale: Locale
  /** In the order in which they were given, none twice. */
  topicIds: Id[]
  status: SubscriberStatus
  /** Null only for whoever gets no mail. */
  consentSource: string | null
  /** The words that they agreed to, where whoever imports knows them. */
  consentText?: string | null
  consentAt: Date | null
  unsubscribedAt: Date | null
  pausedUntil: Date | null
  askedAt: Date | null
  /** Set for whoever is suppressed, and for nobody else. */
  suppression: ImportedSuppression | null
}

/** A person as an export writes them. */
export interface ListedSubscriber extends Omit<NewSubscriber, 'topicIds' | 'consentText'> {
  /** Slugs, in their order. */
  topics: string[]
}

/** Why an address cannot be added: its subscriber is there; or it must not be mailed. */
export type Standing = { email: string } & (
  { kind: 'known'; createdAt: Date } | { kind: 'suppressed' | HashOnlyReason }
)

/** What somebody's standing is whose address must not be mailed. */
export const standingFor = (reason: SuppressionReason): 'suppressed' | HashOnlyReason =>
  isHashOnly(reason) ? reason : 'suppressed'

/** Which file brought a person, for the record of their consent. */
export interface Provenance {
  /** Its name, without its folder. */
  file: string
  /** The user who imported it; null on the command line. The name outlives the user. */
  by: { id: Id; name: string } | null
  /** The row of the import; none: it cannot be taken back. One that is taken back adds nobody. */
  run?: Id | null
}

export interface TopicNames {
  id: Id
  slug: string
  /** In every language. */
  names: string[]
}

/** What imports and exports need of the list of subscribers; src/adapters/subscribers has it for each database. */
export interface SubscriberList {
  readTopics: () => Promise<TopicNames[]>
  /** Those of the addresses that could not be added now. Changes nothing. */
  findStanding: (emails: readonly string[]) => Promise<Standing[]>
  /**
   * Adds those whose address nobody has and whom nothing forbids to mail, created at `now`, with the record of their
   * consent and, for the suppressed ones, the suppression. Nothing of a person who is there already is changed, but what
   * an earlier call was cut off before: a record of consent for whoever has none and stands there as the file says, and
   * the suppression of a suppressed one. No address may be given twice.
   * @returns why the others were not added.
   */
  addNew: (addition: {
    subscribers: readonly NewSubscriber[]
    now: Date
    from: Provenance
  }) => Promise<Standing[]>
  /** Everybody, or the active ones, by address; a block at a time, as they are asked for. */
  readAll: (wanted: { status: 'active' | 'all' }) => AsyncGenerator<ListedSubscriber[]>
}

/** As the record of consent calls where a person came from. */
export const consentSourceOf = ({
  file,
  consentSource,
}: {
  file: string
  consentSource: string | null
}): string => (consentSource === null ? `import ${file}` : `import ${file}: ${consentSource}`)

/** What is on record of somebody who is imported: that they were, and that they had left. */
export const consentKindsOf = ({
  status,
  unsubscribedAt,
}: {
  status: SubscriberStatus
  unsubscribedAt?: Date | null | undefined
}): Extract<ConsentKind, 'imported' | 'withdrawn'>[] =>
  status === 'unsubscribed' || (status === 'suppressed' && unsubscribedAt)
    ? ['imported', 'withdrawn']
    : ['imported']
