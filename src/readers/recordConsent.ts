import type { Payload, PayloadRequest } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import type { ConsentKind, Id, Locale } from '../newsletter/model.ts'
import type { Consent } from '../payload-types.ts'
import type { ChoiceChange } from './choiceChange.ts'

/** One thing that a person did about the newsletter, or that was done for them. */
export interface NewConsent {
  subscriberId: Id
  kind: ConsentKind
  at: Date
  /** The very words that were agreed to; null where none were shown. */
  text: string | null
  /** The language of the words, or of the page. */
  locale: Locale | null
  /** The form, page or file that it came from. */
  source: string
  /** The user of the staff who did it; null for the person themselves. */
  by: Id | null
}

export interface ConsentToRecord extends NewConsent {
  /** Names the act, where writing its row down may be tried again: of one key there is one row. */
  key?: string
  /** Of `by`; outlives the user. */
  byName?: string | null
  /** When it was given, where it was given elsewhere and earlier. */
  agreedAt?: Date | null
  /** Of a choice: what is other than before. */
  change?: ChoiceChange
  /** Of an address that was changed, so that what is known of it is found. */
  formerAddressHash?: string | null
}

/**
 * Adds a row to what a person agreed to and took back. Rows are added and never changed; only erasing removes them.
 * With a key it can be repeated: whoever finds the row written has nothing more to do.
 * Writes as the system: nobody may write one over the API.
 * @param req of the write that it belongs to: both are there then, or neither, where the database has transactions.
 * @throws TypeError for an id that can be none; what the database throws.
 */
export async function recordConsent({ payload, consent, req }: Recording): Promise<void> {
  const { key } = consent
  if (key === undefined) return write({ payload, consent, req })
  if (await isConsentRecorded({ payload, key })) return
  try {
    await write({ payload, consent, req })
  } catch (error) {
    // Written meanwhile by another try: the database takes one. Each database says so in its own way.
    if (!(await isConsentRecorded({ payload, key }))) throw error
  }
}

interface Recording {
  payload: Payload
  consent: ConsentToRecord
  req?: PayloadRequest | undefined
}

async function write({ payload, consent, req }: Recording): Promise<void> {
  const { subscriberId, at, by, agreedAt, change, ...said } = consent
  await payload.create({
    collection: 'consents',
    data: {
      ...said,
      at: at.toISOString(),
      subscriber: idIn(payload, subscriberId),
      ...(by !== null && { by: idIn(payload, by) }),
      ...(change && { change: { ...change } }),
      ...(agreedAt && { agreedAt: agreedAt.toISOString() }),
    },
    depth: 0,
    overrideAccess: true,
    ...(req && { req }),
  })
}

/** Whether the row of that key is there. */
export async function isConsentRecorded({
  payload,
  key,
}: {
  payload: Payload
  key: string
}): Promise<boolean> {
  const where = { key: { equals: key } }
  return (await payload.count({ collection: 'consents', where, overrideAccess: true })).totalDocs > 0
}

/** Payload's generated types are those of SQLite, where ids are numbers. */
function idIn(payload: Payload, text: Id): Extract<Consent['subscriber'], number> {
  const id = toDocumentId({ payload, text })
  if (id === null) throw new TypeError('A consent names a row that cannot exist.')
  return id as number
}
