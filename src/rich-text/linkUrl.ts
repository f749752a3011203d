import type { Place } from './model.ts'
import { articleUrl } from './articleUrl.ts'
import { isNode, stringOf, type StoredNode } from './node.ts'
import { resolveUrl } from './resolveUrl.ts'

/** Where a link node leads, or null when that is nowhere that everybody may go. */
export function linkUrl({ node, place }: { node: StoredNode; place: Place }): string | null {
  // Text that was pasted by an older editor holds the address on the node itself.
  const fields = isNode(node.fields) ? node.fields : node
  return fields.linkType === 'internal'
    ? documentUrl({ doc: fields.doc, place })
    : resolveUrl({ url: stringOf(fields.url), baseUrl: place.baseUrl })
}

/** An id where a document should be means: gone, in the trash, a draft, or only mailed. */
function documentUrl({ doc, place }: { doc: unknown; place: Place }): string | null {
  const article = isNode(doc) && doc.relationTo === 'articles' ? doc.value : null
  if (!isNode(article) || article.deletedAt) return null
  if (article._status !== undefined && article._status !== 'published') return null
  if (article.visibility === 'mail_only') return null
  const { id } = article
  const slug = stringOf(article.slug)
  return slug && (typeof id === 'number' || typeof id === 'string') ? articleUrl({ id, slug, place }) : null
}
