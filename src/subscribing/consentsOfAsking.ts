import type { Payload } from 'payload'
import type { Consent, Subscriber } from '../payload-types.ts'
import { recordConsent } from '../readers/recordConsent.ts'
import { readConsentText } from './consentText.ts'
import type { FoundAsking } from './findAsking.ts'

interface Act {
  payload: Payload
  found: FoundAsking
}

/** What they agreed to when they asked for this link. */
export const findAsked = ({ payload, found: { reader, linkAskedAt } }: Act): Promise<Consent | null> =>
  findAskedAt({ payload, reader, askedAt: linkAskedAt })

/** The words that somebody read when they asked; of those who asked before words were kept, the ones of now. */
export async function readAskedText({ payload, reader, askedAt }: Asked): Promise<string> {
  const asked = await findAskedAt({ payload, reader, askedAt })
  return asked?.text ?? readConsentText({ payload, locale: reader.locale })
}

interface Asked {
  payload: Payload
  reader: Pick<Subscriber, 'id' | 'locale'>
  askedAt: Date
}

async function findAskedAt({ payload, reader, askedAt }: Asked): Promise<Consent | null> {
  const { docs } = await payload.find({
    collection: 'consents',
    where: {
      and: [
        { subscriber: { equals: reader.id } },
        { kind: { equals: 'asked' } },
        { at: { equals: askedAt.toISOString() } },
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
