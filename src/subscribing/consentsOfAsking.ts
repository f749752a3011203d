import type { Payload } from 'payload'
import type { Consent } from '../payload-types.ts'
import { recordConsent } from '../readers/recordConsent.ts'
import type { FoundAsking } from './findAsking.ts'

interface Act {
  payload: Payload
  found: FoundAsking
}

/** What they agreed to when they asked for this link. */
export async function findAsked({ payload, found: { reader, linkAskedAt } }: Act): Promise<Consent | null> {
  const { docs } = await payload.find({
    collection: 'consents',
    where: {
      and: [
        { subscriber: { equals: reader.id } },
        { kind: { equals: 'asked' } },
        { at: { equals: linkAskedAt.toISOString() } },
      ],
    },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs[0] ?? null
}

/** They confirmed what they had asked for, in the words that they had read; of each link once. */
export const recordConfirmed = ({
  payload,
  found: { reader, linkAskedAt },
  asked,
  now,
}: Act & { asked: Consent | null; now: Date }) =>
  recordConsent({
    payload,
    consent: {
      subscriberId: String(reader.id),
      kind: 'confirmed',
      at: now,
      text: asked?.text ?? null,
      locale: asked?.locale ?? reader.locale,
      source: asked?.source ?? 'confirm',
      by: null,
      key: confirmedKey({ reader, linkAskedAt }),
    },
  })

/** Of somebody who was erased while they confirmed: nothing of them stays. */
export const removeConfirmed = async ({ payload, found }: Act): Promise<void> => {
  await payload.db.deleteMany({ collection: 'consents', where: { key: { equals: confirmedKey(found) } } })
}

const confirmedKey = ({ reader, linkAskedAt }: Pick<FoundAsking, 'reader' | 'linkAskedAt'>) =>
  `confirmed:${reader.id}:${linkAskedAt.getTime()}`
