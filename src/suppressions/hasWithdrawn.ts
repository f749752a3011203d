import type { Payload } from 'payload'
import type { Id } from '../newsletter/model.ts'
import { toDocumentId } from '../content/toDocumentId.ts'

/** Whether the last that is on record of a person's consent is that they took it back. */
export async function hasWithdrawn({
  payload,
  subscriberId,
}: {
  payload: Payload
  subscriberId: Id
}): Promise<boolean> {
  const { docs } = await payload.find({
    collection: 'consents',
    where: {
      subscriber: { equals: toDocumentId({ payload, text: subscriberId }) },
      kind: { in: ['confirmed', 'imported', 'added', 'withdrawn', 'resumed'] },
    },
    // An import writes what it brings at one time.
    sort: ['-at', '-id'],
    limit: 1,
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  return docs[0]?.kind === 'withdrawn'
}
