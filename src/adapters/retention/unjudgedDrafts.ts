import type { BasePayload } from 'payload'
import { isWritten } from '../../content/isWritten.ts'
import type { Article } from '../../payload-types.ts'
import type { UnjudgedDrafts } from '../../retention/ports.ts'

/** Reads every language and every version as the system; writes past the hooks, so that no version is made of it. */
export const unjudgedDraftsOf = (payload: BasePayload): UnjudgedDrafts => ({
  async judge({ before, limit }) {
    const { docs } = await payload.find({
      collection: 'articles',
      where: {
        and: [
          { _status: { equals: 'draft' } },
          { isBlank: { exists: false } },
          { updatedAt: { less_than: before.toISOString() } },
        ],
      },
      limit,
      pagination: false,
      depth: 0,
      locale: 'all',
      trash: true,
      overrideAccess: true,
    })
    for (const article of docs)
      await payload.db.updateOne({
        collection: 'articles',
        where: { and: [{ id: { equals: article.id } }, { isBlank: { exists: false } }] },
        data: { isBlank: await isBlank(payload, article) },
        returning: false,
      })
    return docs.length
  },
})

async function isBlank(payload: BasePayload, article: Article): Promise<boolean> {
  const { docs } = await payload.findVersions({
    collection: 'articles',
    where: { parent: { equals: article.id } },
    pagination: false,
    depth: 0,
    locale: 'all',
    trash: true,
    overrideAccess: true,
  })
  return ![{ ...article }, ...docs.map(({ version }) => ({ ...version }))].some(isWritten)
}
