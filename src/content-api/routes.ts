import type { z } from 'zod'
import { listArticles, searchArticles } from './listArticles.ts'
import type { ContentPorts } from './ports.ts'
import { ArticleQuery, ArticlesQuery, LocaleQuery, SearchQuery } from './queries.ts'
import { readArticle } from './readArticle.ts'
import { ArticlesAnswer, ArticleShape, AuthorsAnswer, SiteShape, TopicsAnswer } from './shapes.ts'

/** What a route says; `null`: nothing is there. */
export type RouteResult = { body: object } | { movedTo: Record<string, string> } | null

/** One address of the content API. Validation, types, the endpoints and openapi.json come from this table. */
export interface ContentRoute {
  /** Under /api/content/v1, with `:name` for a part that varies. */
  path: string
  summary: string
  /** Of the address: anything else is refused by its name. */
  query: z.ZodObject
  answer: z.ZodType
  /** Whether it may lead to another address, or find nothing. */
  canMiss: boolean
  /** Reads what an address asks for; why not, where its parameters are none. */
  ask: (parameters: Record<string, unknown>) => Question | { issues: z.core.$ZodIssue[] }
}

export interface Question {
  /** Whether it may read or answer much: such questions wait for each other, and no answer to them is kept. */
  isDear: boolean
  read: (ports: ContentPorts, params: Record<string, string>) => Promise<RouteResult>
}

function route<Query extends z.ZodObject, Answer extends z.ZodType>({
  isDear,
  read,
  ...given
}: {
  path: string
  summary: string
  query: Query
  answer: Answer
  canMiss?: boolean
  isDear?: (query: z.output<Query>) => boolean
  read: (
    ports: ContentPorts,
    asked: { params: Record<string, string>; query: z.output<Query> },
  ) => Promise<{ body: z.output<Answer> & object } | { movedTo: Record<string, string> } | null>
}): ContentRoute {
  return {
    canMiss: false,
    ...given,
    ask: (parameters) => {
      const { success, data, error } = given.query.safeParse(parameters)
      if (!success) return { issues: error.issues }
      return {
        isDear: isDear?.(data) ?? false,
        read: (ports, params) => read(ports, { params, query: data }),
      }
    },
  }
}

const NEAR_PAGE = 50

export const CONTENT_ROUTES: ContentRoute[] = [
  route({
    path: '/articles',
    summary: 'Published articles as cards, a page of them; the newest first',
    query: ArticlesQuery,
    answer: ArticlesAnswer,
    isDear: ({ page = 1, include, fallback, author, topic }) =>
      include !== undefined || page > NEAR_PAGE || !fallback || author !== undefined || topic !== undefined,
    read: async (ports, { query }) => ({ body: await listArticles(ports, query) }),
  }),
  route({
    path: '/articles/:slug',
    summary: 'One published article with its text',
    query: ArticleQuery,
    answer: ArticleShape,
    canMiss: true,
    read: async (ports, { params: { slug = '' }, query }) => {
      const found = await readArticle(ports, { slug, ...query })
      if (!found) return null
      return 'article' in found ? { body: found.article } : { movedTo: { slug: found.movedTo } }
    },
  }),
  route({
    path: '/topics',
    summary: 'All topics, by name',
    query: LocaleQuery,
    answer: TopicsAnswer,
    read: async ({ content }, { query }) => ({ body: { topics: await content.readTopics(query.locale) } }),
  }),
  route({
    path: '/authors',
    summary: 'All authors, by name',
    query: LocaleQuery,
    answer: AuthorsAnswer,
    read: async ({ content }, { query }) => ({ body: { authors: await content.readAuthors(query.locale) } }),
  }),
  route({
    path: '/site',
    summary: 'The site itself: its name, colour, logo and how to reach it',
    query: LocaleQuery,
    answer: SiteShape,
    read: async ({ content }, { query }) => ({ body: await content.readSite(query.locale) }),
  }),
  route({
    path: '/search',
    summary: 'Published articles whose title and excerpt have all the words; the newest first',
    query: SearchQuery,
    answer: ArticlesAnswer,
    isDear: () => true,
    read: async (ports, { query }) => ({ body: await searchArticles(ports, query) }),
  }),
]
