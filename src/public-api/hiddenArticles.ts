import { isObject } from './whereProblem.ts'

type Id = string | number

const isId = (value: unknown): value is Id => typeof value === 'string' || typeof value === 'number'

/** Every id of an article that stands alone in a document: in relatedArticles, and in nodes of a rich text, in all locales. */
export function mentionedArticles(docs: Record<string, unknown>[]): Id[] {
  const found = new Set<Id>()
  for (const { relatedArticles, ...others } of docs) {
    if (Array.isArray(relatedArticles)) for (const each of relatedArticles) if (isId(each)) found.add(each)
    collect(others, found)
  }
  return [...found]
}

function collect(value: unknown, found: Set<Id>): void {
  if (Array.isArray(value)) for (const each of value) collect(each, found)
  if (!isObject(value)) return
  if (isMention(value)) found.add(value.value)
  for (const inner of Object.values(value)) collect(inner, found)
}

const isMention = (value: Record<string, unknown>): value is { value: Id } =>
  value.relationTo === 'articles' && isId(value.value)

/**
 * The document without the ids of articles that are not public: a relation leaves them out, a link leads nowhere
 * (`doc: null`), as it does once the article is gone.
 */
export function hideUnpublished({
  doc,
  isPublished,
}: {
  doc: Record<string, unknown>
  isPublished: (id: Id) => boolean
}): Record<string, unknown> {
  const { relatedArticles, ...others } = doc
  const shown = Array.isArray(relatedArticles)
    ? relatedArticles.filter((each) => !isId(each) || isPublished(each))
    : relatedArticles
  const clean = withoutMentions(others, isPublished)
  return {
    ...(isObject(clean) ? clean : {}),
    ...('relatedArticles' in doc && { relatedArticles: shown }),
  }
}

function withoutMentions(value: unknown, isPublished: (id: Id) => boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutMentions(each, isPublished))
  if (!isPlain(value)) return value
  if (isMention(value) && !isPublished(value.value)) return 'type' in value ? { ...value, value: null } : null
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withoutMentions(inner, isPublished)]),
  )
}

/** Dates and ids of MongoDB stay as they are. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value))
