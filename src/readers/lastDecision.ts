import type { Payload } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import type { Id } from '../newsletter/model.ts'
import type { Consent } from '../payload-types.ts'

interface Person {
  payload: Payload
  subscriberId: Id
}

/** What is on record last of what a person wants; null when nothing is. */
export async function lastDecision({ payload, subscriberId }: Person): Promise<Consent | null> {
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
  return docs[0] ?? null
}

/** Whether that is that they took their consent back. */
export const hasWithdrawn = async (person: Person): Promise<boolean> =>
  (await lastDecision(person))?.kind === 'withdrawn'
