import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Client, InStatement } from '@libsql/client'
import { find as findByPayload } from '@payloadcms/drizzle'
import type { Where } from 'payload'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { createArticle, createTopic, paragraph, updateArticle } from '../support/siteContent.ts'

const PUBLISHED: Where = { and: [{ _status: { equals: 'published' } }, { deletedAt: { exists: false } }] }

/** Filters that Payload's own find answers alike: of one relation and one condition each. */
const FILTERS: Record<string, Where> = {
  none: {},
  published: PUBLISHED,
  title: { title: { like: 'artikel' } },
  'no title': { title: { like: 'finns inte' } },
  'not a title': { and: [PUBLISHED, { title: { not_like: 'artikel 1' } }] },
  slug: { slug: { in: ['artikel-1', 'artikel-2'] } },
  'other slugs': { slug: { not_in: ['artikel-1', 'artikel-2'] } },
  'no picture': { heroImage: { exists: false } },
  topics: { and: [PUBLISHED, { 'topics.slug': { in: ['frihet', 'arbete'] } }] },
  'no topic': { 'topics.slug': { equals: 'finns-inte' } },
  'topic or title': { or: [{ 'topics.slug': { equals: 'frihet' } }, { title: { equals: 'Artikel 5' } }] },
  author: { 'authors.name': { like: 'sanna' } },
}
/** Each leaves no two articles in one place. */
const SORTS = [undefined, 'slug', '-slug', ['-publishedAt', 'slug'], ['title', 'slug'], 'topics.name']

describe.each(oneDatabase().filter(({ name }) => name === 'SQLite'))(
  'on $name, a page of articles',
  ({ open }) => {
    let database: TestDatabase
    let client: Client

    beforeAll(async () => {
      database = await open()
      const { payload } = database
      client = payload.db.drizzle.$client
      const topics = [
        await createTopic(payload, { name: 'Frihet', slug: 'frihet' }),
        await createTopic(payload, { name: 'Arbete', slug: 'arbete' }),
      ]
      const author = await payload.create({
        collection: 'authors',
        data: { name: 'Sanna Ek', slug: 'sanna-ek' },
      })
      for (let number = 0; number < 9; number += 1) {
        const { id } = await createArticle(payload, {
          title: `Artikel ${number}`,
          slug: `artikel-${number}`,
          topics: topics.filter((_, at) => number % (at + 2) === 0).map((topic) => topic.id),
          publishedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(number / 2))).toISOString(),
          ...(number === 7 && { _status: 'draft' }),
        })
        await payload.update({
          collection: 'articles',
          id,
          data: { authors: number % 3 === 0 ? [author.id] : [] },
        })
        if (number % 4 === 0)
          await updateArticle({
            payload,
            id,
            locale: 'en',
            data: { title: `Article ${number}`, content: paragraph('A text.') },
          })
      }
    })
    afterAll(() => database.close())

    it.each(Object.entries(FILTERS))('has what Payload finds itself: %s', async (_, where) => {
      const { db } = database.payload
      const isByRelation = /topics|authors/.test(JSON.stringify(where))
      const differing: unknown[] = []
      let asked = 0
      // Sorted by a relation it is Payload's own, which would join the filter's rows in as well.
      const sorts = SORTS.filter((sort) => sort !== 'topics.name' || !isByRelation)
      for (const sort of sorts)
        for (const locale of ['sv', 'en', 'all'])
          for (const limit of [2, 100])
            for (const page of [1, 2, 9])
              for (const pagination of [true, false, undefined]) {
                const input = () => ({
                  ...{ collection: 'articles' as const, where: structuredClone(where), locale, limit, page },
                  ...(sort !== undefined && { sort: [sort].flat() }),
                  ...(pagination !== undefined && { pagination }),
                })
                const [ours, theirs] = [
                  await db.find(input()),
                  await findByPayload.call(db as never, input() as never),
                ]
                asked += 1
                const known = ({ docs, ...page }: typeof ours) =>
                  // Of an empty page Payload knows no numbers where it joins other tables.
                  docs.length === 0 ? [] : { ...page, ids: docs.map(({ id }) => id) }
                if (isDeepStrictEqual(known(ours), known(theirs as typeof ours))) continue
                differing.push([
                  sort,
                  locale,
                  limit,
                  page,
                  pagination,
                  known(ours),
                  known(theirs as typeof ours),
                ])
              }
      expect({ asked, differing }).toEqual({ asked: sorts.length * 54, differing: [] })
    })

    it.each(Object.entries(FILTERS))('knows beyond its end how many there are: %s', async (_, where) => {
      const { db } = database.payload
      const find = (page: number) =>
        db.find({ collection: 'articles', where: structuredClone(where), locale: 'sv', limit: 2, page })
      const [{ totalDocs, totalPages }, beyond] = [await find(1), await find(9)]
      const known = totalDocs === 0 ? { totalPages: 1 } : { page: 9, totalPages }
      expect(beyond).toMatchObject({ docs: [], totalDocs, ...known })
    })

    it('holds the articles as Payload reads them', async () => {
      const { db } = database.payload
      const input = () => ({
        collection: 'articles' as const,
        where: {},
        locale: 'all',
        limit: 100,
        sort: ['slug'],
      })
      expect(await db.find(input())).toEqual(await findByPayload.call(db as never, input() as never))
    })

    const TOPICS = { 'topics.slug': { in: ['frihet', 'arbete'] } }
    const AUTHORS = { 'authors.name': { like: 'a' } }

    it.each<[string, Where, string[] | undefined]>([
      ['by topics and authors', { and: [TOPICS, AUTHORS] }, undefined],
      ['by topics or authors', { or: [TOPICS, AUTHORS] }, ['slug']],
      ['by topics and title', { and: [TOPICS, { title: { like: 'artikel' } }] }, ['-updatedAt', 'slug']],
    ])('%s is filtered once, each article by an index of its relations', async (_, where, sort) => {
      const statements = await statementsOf({ where, ...(sort && { sort }) })
      const filtering = statements.filter(({ sql }) => /select 1 from "articles_rels"/.test(sql))
      const plans = await Promise.all(filtering.map(planOf))
      expect(plans).toEqual([
        expect.arrayContaining([
          'SEARCH articles_rels USING COVERING INDEX articles_rels_lookup_idx (parent_id=? AND path=?)',
        ]),
      ])
      // Nothing is listed of all articles first.
      expect(plans.flat().filter((line) => line.startsWith('LIST SUBQUERY'))).toEqual([])
    })

    it('sorted by several fields is sorted without its texts and relations', async () => {
      const statements = await statementsOf({
        where: PUBLISHED,
        sort: ['-updatedAt', 'slug', '-publishedAt'],
      })
      const reading = statements.filter(({ sql }) => /articles_locales|articles_rels/.test(sql))
      // The articles of the page alone.
      expect(reading.map(({ sql }) => /where "articles"\."id" in \([^)]+\)/.test(sql))).toEqual([true])
    })

    /** What one list asks of the database. */
    async function statementsOf(asked: { where: Where; sort?: string[] }): Promise<Statement[]> {
      const execute = jest.spyOn(client, 'execute')
      try {
        await database.payload.db.find({ collection: 'articles', limit: 100, locale: 'sv', ...asked })
        return execute.mock.calls.map(([statement]) => statement as InStatement as Statement)
      } finally {
        execute.mockRestore()
      }
    }

    const planOf = async ({ sql, args }: Statement): Promise<string[]> =>
      (await client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args })).rows.map(({ detail }) =>
        String(detail),
      )
  },
)

type Statement = Exclude<InStatement, string> & { args: [] }
