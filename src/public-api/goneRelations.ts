import type { CollectionSlug, FlattenedField, PayloadRequest } from 'payload'

type Doc = Record<string, unknown>
type Id = string | number

const isId = (value: unknown): value is Id => typeof value === 'string' || typeof value === 'number'

/**
 * Documents without the ids of related ones that are deleted. MongoDB keeps such an id where SQLite's foreign keys take it
 * away: both answer alike. Articles among them are looked at elsewhere (hiddenArticles), as they may also be hidden.
 */
export async function withoutGone({
  docs,
  fields,
  req,
}: {
  docs: Doc[]
  /** Of their collection. */
  fields: FlattenedField[]
  req: PayloadRequest
}): Promise<Doc[]> {
  let shown = docs
  for (const { name, relationTo } of fields.flatMap(toRelation)) {
    const asked = docs.flatMap((doc) => [doc[name]].flat().filter(isId))
    if (asked.length === 0) continue
    const there = await thereAmong({ ids: [...new Set(asked)], relationTo, req })
    const isThere = (value: unknown) => !isId(value) || there.has(String(value))
    shown = shown.map((doc) => (name in doc ? { ...doc, [name]: kept(doc[name], isThere) } : doc))
  }
  return shown
}

const toRelation = (field: FlattenedField): { name: string; relationTo: CollectionSlug }[] =>
  (field.type === 'relationship' || field.type === 'upload') &&
  typeof field.relationTo === 'string' &&
  field.relationTo !== 'articles'
    ? [{ name: field.name, relationTo: field.relationTo }]
    : []

const kept = (value: unknown, isThere: (value: unknown) => boolean): unknown =>
  Array.isArray(value) ? value.filter(isThere) : isThere(value) ? value : null

/** A read of the system: everybody may read the collections that public documents lead to. */
async function thereAmong({
  ids,
  relationTo,
  req,
}: {
  ids: Id[]
  relationTo: CollectionSlug
  req: PayloadRequest
}): Promise<Set<string>> {
  const { docs } = await req.payload.find({
    collection: relationTo,
    where: { id: { in: ids } },
    select: {},
    depth: 0,
    limit: ids.length,
    pagination: false,
    overrideAccess: true,
  })
  return new Set(docs.map(({ id }) => String(id)))
}
