import type { PayloadRequest } from 'payload'
import type { Article } from '../payload-types.ts'

/** Whether readers see this article now (or would, were it not in the trash), whatever its newest draft says. */
export async function isPublishedNow({
  id,
  req,
}: {
  id: Article['id'] | string
  req: PayloadRequest
}): Promise<boolean> {
  const { totalDocs } = await req.payload.count({
    collection: 'articles',
    where: { and: [{ id: { equals: id } }, { _status: { equals: 'published' } }] },
    trash: true,
    overrideAccess: true,
    req,
  })
  return totalDocs > 0
}
