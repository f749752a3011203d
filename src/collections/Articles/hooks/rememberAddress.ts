import type { CollectionAfterDeleteHook, CollectionBeforeChangeHook } from 'payload'
import { isPublic } from '../../../content/isPublic.ts'
import { keepFormerSlug, readPublicFacts } from '../../../slugs/formerSlugs.ts'

/**
 * Before a save that may take the public slug away, the slug is written down: a crash at any point then loses no address,
 * and only what readers could see is ever kept for an article.
 */
export const rememberAddress: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (originalDoc?.id === undefined) return data
  const current = await readPublicFacts({ id: originalDoc.id, req })
  if (current && (current.slug !== data.slug || !isPublic(data)))
    await keepFormerSlug({ slug: current.slug, article: originalDoc.id, req })
  return data
}

/** An article that is deleted for good was never mailed: its addresses are free again. */
export const freeAddresses: CollectionAfterDeleteHook = async ({ id, req }) => {
  await req.payload.delete({
    collection: 'former-slugs',
    where: { or: [{ article: { equals: id } }, { article: { exists: false } }] },
    overrideAccess: true,
    req,
  })
}
