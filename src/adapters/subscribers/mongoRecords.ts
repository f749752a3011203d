import { ObjectId } from 'mongodb'
import { duplicatesIn } from '../store/mongo/values.ts'
import {
  consentKindsOf,
  consentSourceOf,
  type NewSubscriber,
  type Provenance,
} from '../../subscribers/ports.ts'
import type {
  ConsentDocument,
  FormerSuppression,
  OnMongo,
  SubscriberDocument,
  SuppressionDocument,
} from './mongoDocuments.ts'

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
  const texts = new Map(subscribers.map(({ email, consentText }) => [email, consentText]))
  const recorded = await subscribersWithRecord({ consents, ids: unsure.map(({ _id }) => _id) })
  const missing = unsure.filter(({ _id }) => !recorded.has(_id.toHexString()))
  const documents = [...added.values(), ...missing].flatMap((document) =>
    toConsents({ document, from, text: texts.get(document.email) ?? null }),
  )
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
  from: { file, by, run },
  text,
}: {
  document: SubscriberDocument
  from: Provenance
  text: string | null
}): ConsentDocument[] => {
  const { _id, locale, consentSource, consentAt, createdAt } = document
  const isEarlier = consentAt && consentAt.getTime() !== createdAt.getTime()
  return consentKindsOf(document).map((kind) => ({
    _id: new ObjectId(),
    subscriber: _id,
    kind,
    at: createdAt,
    text: kind === 'imported' ? text : null,
    locale,
    source: consentSourceOf({ file, consentSource: consentSource ?? null }),
    ...(by && { by: new ObjectId(by.id), byName: by.name }),
    ...(isEarlier && { agreedAt: consentAt }),
    ...(run && { importRef: run }),
    key: `import:${kind}:${_id.toHexString()}`,
    __v: 0,
  }))
}

/**
 * One that was lifted before holds again, and keeps what it was, for whoever takes the import back; one that holds stays as it
 * is.
 */
async function recordSuppressions(
  { suppressions, hashOf }: OnMongo,
  { subscribers, added, known, now, from }: Imported,
): Promise<void> {
  const suppressed = subscribers.filter(({ email, suppression }) => {
    const document = added.get(email) ?? known.get(email)
    return suppression !== null && document?.status === 'suppressed'
  })
  if (suppressed.length === 0) return
  const hashes = suppressed.map(({ email }) => hashOf(email))
  const found = suppressions.find({ addressHash: { $in: hashes }, liftedAt: { $ne: null } })
  const lifted = new Map((await found.toArray()).map((each) => [each.addressHash, each]))
  const writes = suppressed.map(({ email, suppression, consentSource }) => {
    const addressHash = hashOf(email)
    const fields = {
      email,
      reason: suppression ?? 'manual',
      detail: null,
      suppressedAt: now,
      statusBefore: consentSource === null ? 'unsubscribed' : 'active',
      madeBy: null,
      toTellProvider: null,
      liftedAt: null,
      ...(from.run && { importRef: from.run }),
    }
    const before = lifted.get(addressHash)
    return before
      ? {
          updateOne: {
            filter: { _id: before._id, liftedAt: before.liftedAt ?? null },
            update: { $set: { ...fields, importWas: from.run ? wasOf(before) : null } },
          },
        }
      : { updateOne: { filter: { addressHash }, update: { $setOnInsert: fields }, upsert: true } }
  })
  await suppressions.bulkWrite(writes)
}

const wasOf = (before: SuppressionDocument): FormerSuppression => ({
  email: before.email ?? null,
  reason: before.reason,
  detail: before.detail ?? null,
  ...(before.suppressedAt && { suppressedAt: before.suppressedAt }),
  statusBefore: before.statusBefore ?? null,
  madeBy: before.madeBy ?? null,
  liftedAt: before.liftedAt ?? null,
  toTellProvider: before.toTellProvider ?? null,
})
