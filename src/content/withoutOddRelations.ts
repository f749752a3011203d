import type { BasePayload, CollectionSlug } from 'payload'
import { isNode, type StoredNode } from '../rich-text/node.ts'
import { toDocumentId } from './toDocumentId.ts'

/** Deeper than any editor nests; what is below is left out. */
const DEEPEST = 300

/** Fields of blocks that hold the id of a document. */
const OF_BLOCKS = ['picture', 'file']

/**
 * A text of the editor without what names a document by an id that this database cannot have, or in a collection that does not
 * exist: the database would fail on it.
 */
export const withoutOddRelations = (payload: BasePayload, content: unknown): unknown =>
  clean({ payload, value: content, depth: 0 })

function clean({ payload, value, depth }: { payload: BasePayload; value: unknown; depth: number }): unknown {
  if (depth > DEEPEST) return null
  if (Array.isArray(value)) {
    const entries: unknown[] = value
    return entries
      .filter((entry) => !isNode(entry) || !isOdd(payload, entry))
      .map((entry) => clean({ payload, value: entry, depth: depth + 1 }))
  }
  if (!isNode(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const isOddEntry =
        (OF_BLOCKS.includes(key) && !isId(payload, entry)) || (isNode(entry) && isOdd(payload, entry))
      return [key, isOddEntry ? null : clean({ payload, value: entry, depth: depth + 1 })]
    }),
  )
}

/** A picture in the text, or what a link leads to. */
const isOdd = (payload: BasePayload, { relationTo, value }: StoredNode): boolean =>
  relationTo !== undefined &&
  !(typeof relationTo === 'string' && isCollection(payload, relationTo) && isId(payload, value))

const isCollection = ({ collections }: BasePayload, slug: string): slug is CollectionSlug =>
  Object.hasOwn(collections, slug)

const isId = (payload: BasePayload, value: unknown): boolean => {
  const id = isNode(value) ? value.id : value
  return (
    (typeof id === 'string' || typeof id === 'number') && toDocumentId({ payload, text: String(id) }) !== null
  )
}
