import type { Payload } from 'payload'
import type { Subscriber } from '../payload-types.ts'

/**
 * Writes what is named of a subscriber and nothing else. Past Payload's operations, which would write back every field as
 * they had read it, the status among them. Topics must go by themselves: on SQLite Payload's adapter takes relationships
 * together with other fields only for a whole row.
 * Writes as the system: the reader's token stands in for a login.
 */
export async function writeReader({
  payload,
  reader,
  data,
  now,
}: {
  payload: Payload
  reader: Pick<Subscriber, 'id'>
  data: Partial<Pick<Subscriber, 'name' | 'locale' | 'topics' | 'pausedUntil'>>
  now: Date
}): Promise<void> {
  if (Object.keys(data).length === 0) return
  await payload.db.updateOne({
    collection: 'subscribers',
    id: reader.id,
    data: { ...data, updatedAt: now.toISOString() },
    returning: false,
  })
}
