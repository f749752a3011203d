import type { Payload } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import { readReaderToken, type ReaderPurpose } from '../newsletter/rules/readerToken.ts'
import type { Subscriber } from '../payload-types.ts'

/** `gone`: the link is right, the person has been deleted since. */
export type FoundReader = { kind: 'invalid' } | { kind: 'gone' } | { kind: 'found'; reader: Subscriber }

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
}: {
  payload: Payload
  secret: string
  token: string | null | undefined
  purpose: ReaderPurpose
}): Promise<FoundReader> {
  const id = readReaderToken({ secret, token: token ?? '', purpose })
  if (id === null) return { kind: 'invalid' }
  const { docs } = await payload.find({
    collection: 'subscribers',
    where: { id: { equals: toDocumentId({ payload, text: id }) } },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
  })
  return docs[0] ? { kind: 'found', reader: docs[0] } : { kind: 'gone' }
}
