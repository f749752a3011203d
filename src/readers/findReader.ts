import type { Payload } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import type { Id } from '../newsletter/model.ts'
import { isFromBeforeChange } from '../newsletter/rules/preferencesLink.ts'
import { readReaderToken, type NamedRow, type ReaderPurpose } from '../newsletter/rules/readerToken.ts'
import type { Subscriber } from '../payload-types.ts'

/**
 * `gone`: the link is right, but its person is not here: deleted since, or of another database, where the same id is
 * somebody else's. `expired`: it is too old, or names no key and is for more than leaving, or opens the preferences and
 * was mailed to an address that the person has changed since; a fresh one may be mailed to the address on record.
 * `data`: what else the link says. `hasKey`: false for a link of an earlier version, which is for leaving and no more.
 */
export type FoundReader =
  | { kind: 'invalid' }
  | { kind: 'gone' }
  | { kind: 'expired'; reader: Subscriber }
  | { kind: 'found'; reader: Subscriber; data: string | null; hasKey: boolean }

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
  if (read.kind === 'invalid') return read
  const reader = await findReaderById({ payload, id: read.subscriberId })
  if (!reader || !isFor(reader, read)) return { kind: 'gone' }
  const isExpired =
    read.kind === 'expired' ||
    (read.linkKey === null && purpose !== 'leave') ||
    (purpose === 'preferences' && isVoid({ reader, expiresAt: read.expiresAt }))
  return isExpired
    ? { kind: 'expired', reader }
    : { kind: 'found', reader, data: read.data, hasKey: read.linkKey !== null }
}

/** Links without a key are of a time before there were keys: they are for rows of that time alone. */
const isFor = (reader: Subscriber, { linkKey }: NamedRow): boolean =>
  linkKey === null ? Boolean(reader.takesKeylessLinks) || !reader.linkKey : reader.linkKey === linkKey

const isVoid = ({ reader, expiresAt }: { reader: Subscriber; expiresAt: Date | null }): boolean =>
  Boolean(reader.addressChangedAt) &&
  expiresAt !== null &&
  isFromBeforeChange({ expiresAt, addressChangedAt: new Date(reader.addressChangedAt ?? '') })

/** What a link says to name a subscriber's row. */
export const rowOf = ({ id, linkKey }: Pick<Subscriber, 'id' | 'linkKey'>): NamedRow => ({
  subscriberId: String(id),
  linkKey: linkKey ?? null,
})

/** The subscriber of an id, such as a link that has been read names; null when they are gone. */
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
