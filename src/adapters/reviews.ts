import type { Payload, PayloadRequest, Where } from 'payload'
import { idOf } from '../content/idOf.ts'
import { toDocumentId } from '../content/toDocumentId.ts'
import type { Id } from '../newsletter/model.ts'
import type { Review as ReviewRow } from '../payload-types.ts'
import type { Review } from '../reviews/model.ts'
import type { Reviews } from '../reviews/ports.ts'

/** @param options.req the save that ends a review: what is written belongs to its transaction, where there is one. */
export const payloadReviews = ({
  payload,
  req,
}: {
  payload: Payload
  req?: PayloadRequest | undefined
}): Reviews => {
  const asked = { depth: 0, overrideAccess: true, ...(req && { req }) } as const
  const of = (articleId: Id): Where => ({ article: { equals: toRowId(payload, articleId) } })
  const find: Reviews['find'] = async (articleId) => {
    const { docs } = await payload.find({
      ...{ collection: 'reviews', where: of(articleId), limit: 1, pagination: false, ...asked },
    })
    return docs[0] ? toReview(docs[0]) : null
  }
  const update = async (where: Where, data: Record<string, unknown>): Promise<boolean> =>
    Boolean(
      await payload.db.updateOne({
        ...{ collection: 'reviews', where, data, ...(req && { req }) },
      }),
    )
  return {
    find,

    async handIn({ articleId, by, author, note, at }) {
      const row = {
        ...{ state: 'handed_in' as const, note, at: at.toISOString() },
        ...{ by: toRowId(payload, by) as number, author: toRowId(payload, author) as number },
      }
      // A copy: the adapter of MongoDB changes what it is given.
      const isAnew = await update({ and: [of(articleId), { state: { equals: 'returned' } }] }, { ...row })
      if (!isAnew && !(await find(articleId)))
        await payload
          .create({
            collection: 'reviews',
            data: { article: toRowId(payload, articleId) as number, ...row },
            ...asked,
          })
          .catch(async (error: unknown) => {
            // Two clicks at once: the unique index let the other one in.
            if (!(await find(articleId))) throw error
          })
      return (await find(articleId)) ?? { articleId, by, author, note, at, state: 'handed_in' }
    },

    giveBack: ({ articleId, by, note, at }) =>
      update(
        { and: [of(articleId), { state: { equals: 'handed_in' } }] },
        { state: 'returned', note, at: at.toISOString(), by: toRowId(payload, by) },
      ),

    async end(articleId) {
      await payload.db.deleteMany({
        ...{ collection: 'reviews', where: of(articleId), ...(req && { req }) },
      })
    },
  }
}

const toRowId = (payload: Payload, text: Id): string | number => toDocumentId({ payload, text }) ?? text

const toReview = ({ article, state, by, author, note, at }: ReviewRow): Review => ({
  articleId: String(idOf(article)),
  state,
  by: String(by ? idOf(by) : ''),
  author: String(author ? idOf(author) : ''),
  note: note ?? null,
  at: new Date(at),
})
