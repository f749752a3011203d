import type { Payload, Where } from 'payload'
import type { Consent } from '../payload-types.ts'
import type { FoundAsking } from './findAsking.ts'

/** One conditional write: who clicks twice, or leaves at this very moment, does so before or after it. */
export async function activate({
  payload,
  found: { reader, linkAskedAt },
  asked,
  now,
}: {
  payload: Payload
  found: FoundAsking
  asked: Consent | null
  now: Date
}): Promise<boolean> {
  const moved = await payload.db.updateOne({
    collection: 'subscribers',
    where: { and: [{ id: { equals: reader.id } }, stillAs({ reader, linkAskedAt })] },
    data: {
      status: 'active',
      consentAt: now.toISOString(),
      consentSource: asked?.source ?? 'confirm',
      askedAt: null,
      unsubscribedAt: null,
      updatedAt: now.toISOString(),
    },
  })
  return Boolean(moved)
}

/** As it was when confirmingOf decided: who leaves in the moment between stays away. */
function stillAs({ reader, linkAskedAt }: Pick<FoundAsking, 'reader' | 'linkAskedAt'>): Where {
  if (reader.status === 'pending') return { status: { equals: 'pending' } }
  return {
    and: [
      { status: { equals: 'unsubscribed' } },
      ...(reader.unsubscribedAt
        ? [{ unsubscribedAt: { less_than: linkAskedAt.toISOString() } }]
        : [{ unsubscribedAt: { exists: false } }, { askedAt: { equals: linkAskedAt.toISOString() } }]),
    ],
  }
}
