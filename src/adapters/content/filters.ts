import type { Payload, Where } from 'payload'
import type { ArticleFilter } from '../../content-api/ports.ts'
import type { Cursor } from '../../content-api/cursor.ts'
import { toDocumentId } from '../../content/toDocumentId.ts'

/** The filter as Payload asks it; null where nothing can match, since no topic or author has such a slug. */
export async function whereOf(
  payload: Payload,
  { onlyTranslated, topics, authors, publishedAfter, publishedBefore, updatedAfter, words }: ArticleFilter,
): Promise<Where | null> {
  const [topicIds, authorIds] = await Promise.all([
    topics && idsOf({ payload, collection: 'topics', slugs: topics }),
    authors && idsOf({ payload, collection: 'authors', slugs: authors }),
  ])
  if (topicIds?.length === 0 || authorIds?.length === 0) return null
  const parts: (Where | false | undefined)[] = [
    topicIds && { topics: { in: topicIds } },
    authorIds && { authors: { in: authorIds } },
    publishedAfter && { publishedAt: { greater_than: publishedAfter.toISOString() } },
    publishedBefore && { publishedAt: { less_than: publishedBefore.toISOString() } },
    updatedAfter && { updatedAt: { greater_than: updatedAfter.toISOString() } },
    onlyTranslated && { title: { exists: true } },
    words !== undefined && { or: [{ title: { like: words } }, { excerpt: { like: words } }] },
  ]
  return { and: parts.filter((part) => part !== undefined && part !== false) }
}

async function idsOf({
  payload,
  collection,
  slugs,
}: {
  payload: Payload
  collection: 'topics' | 'authors'
  slugs: string[]
}): Promise<(number | string)[]> {
  const { docs } = await payload.find({
    collection,
    where: { slug: { in: slugs } },
    select: { slug: true },
    depth: 0,
    limit: slugs.length,
    pagination: false,
    overrideAccess: false,
  })
  return docs.map(({ id }) => id)
}

/** What comes after the article of a cursor; null for an id that none can have. */
export function whereAfter(payload: Payload, { sort, at, id }: Cursor): Where | null {
  const documentId = toDocumentId({ payload, text: id })
  if (documentId === null) return null
  const field = sort.replace('-', '')
  const further = sort.startsWith('-') ? 'less_than' : 'greater_than'
  const time = at.toISOString()
  return {
    or: [
      { [field]: { [further]: time } },
      { and: [{ [field]: { equals: time } }, { id: { [further]: documentId } }] },
    ],
  }
}
