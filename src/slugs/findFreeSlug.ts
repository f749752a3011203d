import { randomInt } from 'node:crypto'
import type { BasePayload, PayloadRequest } from 'payload'
import { numbered } from './toSlug.ts'

export const SLUGGED = ['articles', 'authors', 'topics'] as const
export type Slugged = (typeof SLUGGED)[number]

export interface SlugQuestion {
  payload: BasePayload
  collection: Slugged
  /** The document that asks: what is its own is free for it. */
  id?: string | number | undefined
  req?: PayloadRequest | undefined
}

const AT_ONCE = 50
const ROUNDS = 20

/**
 * The slug itself, or the first with a number after it that no other document has: in the trash too, and among the former
 * public slugs of articles. After a thousand numbers one by chance.
 */
export async function findFreeSlug({ base, ...question }: SlugQuestion & { base: string }): Promise<string> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => round * AT_ONCE + index + 1)
    const slugs = numbers.map((number) => numbered(base, number))
    const taken = await findTaken({ ...question, slugs })
    const free = slugs.find((slug) => !taken.has(slug))
    if (free) return free
  }
  return numbered(base, randomInt(1_001, 999_999))
}

/** Those of the slugs that another document has, or had in public, each with the document's id. */
export async function findTaken({
  payload,
  collection,
  id,
  req,
  slugs,
}: SlugQuestion & { slugs: string[] }): Promise<Map<string, string | number>> {
  const { docs } = await payload.find({
    collection,
    where: { slug: { in: slugs } },
    select: { slug: true },
    trash: true,
    depth: 0,
    limit: slugs.length,
    pagination: false,
    overrideAccess: true,
    ...(req && { req }),
  })
  const owners = new Map<string, string | number>(docs.map((doc) => [doc.slug, doc.id]))
  if (collection === 'articles')
    for (const [slug, owner] of await findFormer({ payload, req, slugs }))
      if (!owners.has(slug)) owners.set(slug, owner)
  for (const [slug, owner] of owners) if (owner === id) owners.delete(slug)
  return owners
}

async function findFormer({
  payload,
  req,
  slugs,
}: Pick<SlugQuestion, 'payload' | 'req'> & { slugs: string[] }): Promise<[string, string | number][]> {
  const { docs } = await payload.find({
    collection: 'former-slugs',
    where: { slug: { in: slugs } },
    depth: 0,
    limit: slugs.length,
    pagination: false,
    overrideAccess: true,
    ...(req && { req }),
  })
  return docs.flatMap(({ slug, article }) => {
    if (article === null || article === undefined) return []
    return [[slug, typeof article === 'object' ? article.id : article]]
  })
}
