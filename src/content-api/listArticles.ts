import { QueryProblem, readCursor, writeCursor, type Sort } from './cursor.ts'
import { formatText, readingMinutesOf } from './formatText.ts'
import type { ArticleFilter, ContentPorts, ReadCard } from './ports.ts'
import type { ArticlesQuery, SearchQuery } from './queries.ts'
import type { ArticlesAnswer, Listed } from './shapes.ts'

/**
 * Public articles as cards, a page of them.
 * @throws QueryProblem for a cursor that is none, that belongs to another order, or that comes with a page.
 */
export async function listArticles(ports: ContentPorts, query: ArticlesQuery): Promise<ArticlesAnswer> {
  const { locale, fallback, topic, author, sort, include = [], format, ...rest } = query
  const { publishedAfter, publishedBefore, updatedAfter } = rest
  const filter: ArticleFilter = {
    ...{ locale, onlyTranslated: !fallback },
    ...(topic && { topics: topic }),
    ...(author && { authors: author }),
    ...(publishedAfter && { publishedAfter }),
    ...(publishedBefore && { publishedBefore }),
    ...(updatedAfter && { updatedAfter }),
  }
  return readPage(ports, { filter, sort, paging: rest, include, format })
}

/** Public articles that have all the words in title and excerpt, the newest first. */
export const searchArticles = (
  ports: ContentPorts,
  { q, locale, ...paging }: SearchQuery,
): Promise<ArticlesAnswer> =>
  readPage(ports, {
    filter: { locale, onlyTranslated: false, words: q },
    ...{ sort: '-publishedAt', paging, include: [], format: 'json' },
  })

async function readPage(
  ports: ContentPorts,
  {
    filter,
    sort,
    paging: { limit, page, cursor },
    include,
    format,
  }: {
    filter: ArticleFilter
    sort: Sort
    paging: { limit: number; page?: number | undefined; cursor?: string | undefined }
    include: NonNullable<ArticlesQuery['include']>
    format: ArticlesQuery['format']
  },
): Promise<ArticlesAnswer> {
  const from = cursor === undefined ? { page: page ?? 1 } : { after: cursorOf({ cursor, page, sort }) }
  const { articles, total, hasMore } = await ports.content.findArticles({
    ...{ filter, sort, limit, from },
    withText: include.length > 0,
  })
  const last = articles.at(-1)?.card
  return {
    articles: await Promise.all(articles.map((article) => toListed(ports, { article, include, format }))),
    paging: {
      ...{ limit, total },
      page: 'page' in from ? (from.page ?? null) : null,
      pages: total === null ? null : Math.ceil(total / limit),
      next: last && hasMore ? writeCursor({ sort, at: timeOf(last, sort), id: last.id }) : null,
    },
  }
}

function cursorOf({ cursor, page, sort }: { cursor: string; page: number | undefined; sort: Sort }) {
  if (page !== undefined) throw new QueryProblem('cursor', 'cursorAndPage')
  const read = readCursor(cursor)
  if (!read) throw new QueryProblem('cursor', 'noCursor')
  if (read.sort !== sort) throw new QueryProblem('cursor', 'otherSort')
  return read
}

const timeOf = ({ publishedAt, updatedAt }: ReadCard['card'], sort: Sort): Date =>
  new Date(sort.endsWith('publishedAt') ? publishedAt : updatedAt)

async function toListed(
  ports: ContentPorts,
  {
    article: { card, text },
    include,
    format,
  }: { article: ReadCard; include: string[]; format: ArticlesQuery['format'] },
): Promise<Listed> {
  const { language } = card
  if (!text) return card
  return {
    ...card,
    ...(include.includes('content') && {
      ...{ format, content: await formatText(ports, { text, format, language }) },
    }),
    ...(include.includes('readingMinutes') && {
      readingMinutes: readingMinutesOf(ports, { text, language }),
    }),
  }
}
