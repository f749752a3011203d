import type { Payload } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import type { Id } from '../newsletter/model.ts'
import { isFromBeforeChange } from '../newsletter/rules/preferencesLink.ts'
import { readReaderToken, type ReaderPurpose } from '../newsletter/rules/readerToken.ts'
import type { Subscriber } from '../payload-types.ts'

/**
 * `gone`: the link is right, the person has been deleted since. `expired`: it was right once, for whom is known; or it opens
 * the preferences and was mailed to an address that the person has changed since.
 * `data`: what else the link says.
 */
export type FoundReader =
  | { kind: 'invalid' }
  | { kind: 'expired'; subscriberId: Id }
  | { kind: 'gone' }
  | { kind: 'found'; reader: Subscriber; data: string | null }

/**
 * Who a reader's link is for. Looked up by id, never by address: no link tells whether an address subscribes.
 * Reads as the system, since the token stands in for a login.
 * @throws what the database throws.
 */
export async function findReader({
  payload,
  secret,
  token,
  purpose,
  now,
}: {
  payload: Payload
  secret: string
  token: string | null | undefined
  purpose: ReaderPurpose
  now: Date
}): Promise<FoundReader> {
  const read = readReaderToken({ secret, token: token ?? '', purpose, now })
  if (read.kind !== 'valid') return read
  const reader = await findReaderById({ payload, id: read.subscriberId })
  if (!reader) return { kind: 'gone' }
  if (purpose === 'preferences' && isVoid({ reader, expiresAt: read.expiresAt }))
    return { kind: 'expired', subscriberId: read.subscriberId }
  return { kind: 'found', reader, data: read.data }
}

const isVoid = ({ reader, expiresAt }: { reader: Subscriber; expiresAt: Date | null }): boolean =>
  Boolean(reader.addressChangedAt) &&
  expiresAt !== null &&
  isFromBeforeChange({ expiresAt, addressChangedAt: new Date(reader.addressChangedAt ?? '') })

/** The subscriber that a link names, once it has been read; null when they are gone. */
export async function findReaderById({
  payload,
  id,
}: {
  payload: Payload
  id: Id
}): Promise<Subscriber | null> {
  const { docs } = await payload.find({
    collection: 'subscribers',
    where: { id: { equals: toDocumentId({ payload, text: id }) } },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs[0] ?? null
}
