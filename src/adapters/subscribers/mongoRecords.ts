import { ObjectId } from 'mongodb'
import { duplicatesIn } from '../store/mongo/values.ts'
import {
  consentKindsOf,
  consentSourceOf,
  type NewSubscriber,
  type Provenance,
} from '../../subscribers/ports.ts'
import type { ConsentDocument, OnMongo, SubscriberDocument } from './mongoDocuments.ts'

interface Imported {
  subscribers: readonly NewSubscriber[]
  /** Who is new, by address. */
  added: ReadonlyMap<string, SubscriberDocument>
  /** Who was there before, by address: maybe brought by an import that was cut off before this. */
  known: ReadonlyMap<string, SubscriberDocument>
  now: Date
  from: Provenance
}

/** What goes with the people of a block, after them: a crash between leaves people without, who get it the next time. */
export async function recordImported(on: OnMongo, imported: Imported): Promise<void> {
  await recordConsents(on, imported)
  await recordSuppressions(on, imported)
}

async function recordConsents(
  { consents }: OnMongo,
  { subscribers, added, known, from }: Imported,
): Promise<void> {
  const unsure = subscribers.flatMap((subscriber) => {
    const document = known.get(subscriber.email)
    return document && standsAsSaid({ document, subscriber }) ? [document] : []
  })
  const recorded = await subscribersWithRecord({ consents, ids: unsure.map(({ _id }) => _id) })
  const missing = unsure.filter(({ _id }) => !recorded.has(_id.toHexString()))
  const documents = [...added.values(), ...missing].flatMap((document) => toConsents({ document, from }))
  // What is written last is what they are found by: a cut leaves nobody of whom half is on record.
  if (documents.length > 0) await insertMissing(consents, documents.toReversed())
}

/** Whoever imports the same file at this moment may have been first. */
async function insertMissing(consents: OnMongo['consents'], documents: ConsentDocument[]): Promise<void> {
  try {
    await consents.insertMany(documents, { ordered: false })
  } catch (error) {
    duplicatesIn(error)
  }
}

const standsAsSaid = ({
  document,
  subscriber,
}: {
  document: SubscriberDocument
  subscriber: NewSubscriber
}): boolean =>
  document.status === subscriber.status && (document.consentSource ?? null) === subscriber.consentSource

async function subscribersWithRecord({
  consents,
  ids,
}: {
  consents: OnMongo['consents']
  ids: ObjectId[]
}): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = consents.find({ subscriber: { $in: ids } }, { projection: { subscriber: 1 } })
  return new Set((await found.toArray()).map(({ subscriber }) => subscriber.toHexString()))
}

/** As they are to be read: by their ids. */
const toConsents = ({
  document,
  from: { file, by },
}: {
  document: SubscriberDocument
  from: Provenance
}): ConsentDocument[] => {
  const { _id, locale, consentSource, consentAt, createdAt } = document
  const isEarlier = consentAt && consentAt.getTime() !== createdAt.getTime()
  return consentKindsOf(document).map((kind) => ({
    _id: new ObjectId(),
    subscriber: _id,
    kind,
    at: createdAt,
    text: null,
    locale,
    source: consentSourceOf({ file, consentSource: consentSource ?? null }),
    ...(by && { by: new ObjectId(by.id), byName: by.name }),
    ...(isEarlier && { agreedAt: consentAt }),
    key: `import:${kind}:${_id.toHexString()}`,
    __v: 0,
  }))
}

/** One that was lifted before holds again; one that holds stays as it is. */
async function recordSuppressions(
  { suppressions, hashOf }: OnMongo,
  { subscribers, added, known, now }: Imported,
): Promise<void> {
  const writes = subscribers.flatMap(({ email, suppression, consentSource }) => {
    const document = added.get(email) ?? known.get(email)
    if (suppression === null || document?.status !== 'suppressed') return []
    const addressHash = hashOf(email)
    const fields = {
      email,
      reason: suppression,
      detail: null,
      suppressedAt: now,
      statusBefore: consentSource === null ? 'unsubscribed' : 'active',
      madeBy: null,
      toTellProvider: null,
      liftedAt: null,
    }
    return [
      { updateOne: { filter: { addressHash, liftedAt: { $ne: null } }, update: { $set: fields } } },
      { updateOne: { filter: { addressHash }, update: { $setOnInsert: fields }, upsert: true } },
    ]
  })
  if (writes.length > 0) await suppressions.bulkWrite(writes)
}
