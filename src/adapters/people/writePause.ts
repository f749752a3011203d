import type { Payload } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { Id } from '../../newsletter/model.ts'

/**
 * Writes until when somebody pauses, where they subscribe, and nothing else of them: in one conditional write past Payload's
 * operations, which would write back every field as they had read it. @returns false when they do not subscribe.
 */
export const writePause =
  (payload: Payload) =>
  async ({ id, until, now }: { id: Id; until: Date | null; now: Date }): Promise<boolean> => {
    const written = await payload.db.updateOne({
      collection: 'subscribers',
      where: {
        and: [{ id: { equals: toDocumentId({ payload, text: id }) } }, { status: { equals: 'active' } }],
      },
      data: { pausedUntil: until?.toISOString() ?? null, updatedAt: now.toISOString() },
    })
    return Boolean(written)
  }
