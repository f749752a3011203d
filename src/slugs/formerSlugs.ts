import type { Payload, PayloadRequest } from 'payload'
import { PUBLIC_BUT_FOR_TRASH } from '../content/isPublic.ts'
import type { Article } from '../payload-types.ts'

type Id = Article['id']

/** What readers see of an article at this moment, whatever newer drafts say; null for one that they do not see. */
export async function readPublicFacts({
  id,
  req,
}: {
  id: Id
  req: PayloadRequest
}): Promise<Pick<Article, 'slug' | 'publishedAt'> | null> {
  const { docs } = await req.payload.find({
    collection: 'articles',
    where: { and: [{ id: { equals: id } }, PUBLIC_BUT_FOR_TRASH] },
    select: { slug: true, publishedAt: true },
    trash: true,
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return docs[0] ?? null
}

/** Writes down that the article had this slug in public. Repeating it changes nothing. */
export async function keepFormerSlug({
  slug,
  article,
  req,
}: {
  slug: string
  article: Id
  req: PayloadRequest
}): Promise<void> {
  const isKept = async () =>
    (
      await req.payload.count({
        collection: 'former-slugs',
        where: { slug: { equals: slug } },
        overrideAccess: true,
        req,
      })
    ).totalDocs > 0
  if (await isKept()) return
  try {
    await req.payload.create({
      collection: 'former-slugs',
      data: { slug, article },
      depth: 0,
      overrideAccess: true,
      req,
    })
  } catch (error) {
    // Two saves at once: the unique index let the other one in, which is as good.
    if (!(await isKept())) throw error
  }
}

/** The slug that anybody finds the article under now; null for one that is hidden, and for one that is not there. */
export async function publicSlugOf({
  payload,
  id,
}: {
  payload: Payload
  id: number | string
}): Promise<string | null> {
  const { docs } = await payload.find({
    collection: 'articles',
    where: { id: { equals: id } },
    select: { slug: true },
    depth: 0,
    limit: 1,
    pagination: false,
    overrideAccess: false,
  })
  return docs[0]?.slug || null
}

/**
 * Where the article is now that had this slug in public; null when nobody had, and when it is hidden. An address that was
 * written with capitals or ends with the mark of a sentence is understood too.
 */
export async function currentSlugOf({
  payload,
  slug,
}: {
  payload: Payload
  slug: string
}): Promise<string | null> {
  const plain = slug.toLowerCase().replace(/[^a-z0-9]+$/, '')
  if (plain === '') return null
  const [former, current] = await Promise.all([
    payload.find({
      collection: 'former-slugs',
      where: { slug: { equals: plain } },
      depth: 0,
      limit: 1,
      pagination: false,
      overrideAccess: true,
    }),
    plain === slug
      ? null
      : payload.find({
          collection: 'articles',
          where: { slug: { equals: plain } },
          select: { slug: true },
          depth: 0,
          limit: 1,
          pagination: false,
          overrideAccess: false,
        }),
  ])
  if (current?.docs[0]) return plain
  const article = former.docs[0]?.article
  if (article === undefined || article === null) return null
  return publicSlugOf({ payload, id: typeof article === 'object' ? article.id : article })
}
