import { handleEndpoints } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { z } from 'zod'
import { CONTENT_ROUTES } from '../../src/content-api/routes.ts'
import { ProblemAnswer } from '../../src/content-api/shapes.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs } from '../support/rest.ts'
import { createArticle, createTopic, hideFromSite, paragraph, updateArticle } from '../support/siteContent.ts'
import { articleLink, link, paragraph as line, root, text } from '../unit/rich-text/stored.ts'

interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}
interface Listed {
  slug: string
  title: string
  language: string
  content?: unknown
}

describe.each(testDatabases())('on $name, the content API', ({ open }) => {
  let database: TestDatabase
  let token: string
  const ids = new Map<string, number | string>()

  const fetchFrom = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    handleEndpoints({
      config: database.payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`${database.payload.config.serverURL}/api/content/v1${path}`, { method, headers }),
    })
  /** Every answer is as its route's schema says. */
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const response = await fetchFrom(path, headers)
    const whole = await response.text()
    const body = whole === '' ? {} : (JSON.parse(whole) as Record<string, unknown>)
    const schema = response.ok ? answerOf(path) : ProblemAnswer
    if (whole !== '') expect(schema.safeParse(body).error).toBeUndefined()
    return { status: response.status, headers: response.headers, body }
  }
  const list = async (query = '') => {
    const { status, body } = await get(`/articles${query}`)
    expect(status).toBe(200)
    return body as { articles: Listed[]; paging: Record<string, unknown> & { next: string | null } }
  }
  const slugs = async (query: string) => (await list(query)).articles.map(({ slug }) => slug)
  const refusalOf = async (path: string, headers?: Record<string, string>) => {
    const { status, body } = await get(path, headers)
    const [error] = body.errors as { code: string; message: string; data?: { parameter: string } }[]
    return { status, code: error?.code, parameter: error?.data?.parameter, message: error?.message }
  }

  beforeAll(async () => {
    database = await open()
    const { payload } = database
    token = (await logInAs({ ...database, role: 'editor' })).token
    const topic = await createTopic(payload, { name: 'Frihet', slug: 'frihet' })
    await createTopic(payload, { name: 'Ansvar', slug: 'ansvar' })
    const author = await payload.create({
      collection: 'authors',
      data: { name: 'Sanna Ek', slug: 'sanna-ek', title: 'Konsult' },
    })
    const hidden = await createArticle(payload, { title: 'Hemligt utkast', _status: 'draft' })
    const mailed = await createArticle(payload, { title: 'Bara i brev', topics: [topic.id] })
    await hideFromSite({ payload, id: mailed.id })
    for (const day of [1, 2, 3, 4, 5]) {
      const { id } = await createArticle(payload, {
        title: `Artikel ${day}`,
        excerpt: day === 2 ? 'Om hästar.' : null,
        // Two of them at the same moment.
        publishedAt: `2026-01-0${day === 5 ? 4 : day}T08:00:00.000Z`,
        ...(day < 4 && { topics: [topic.id] }),
      })
      ids.set(`artikel-${day}`, id)
    }
    const whole = await payload.create({
      collection: 'articles',
      locale: 'sv',
      data: {
        title: 'Om frihet',
        slug: 'om-frihet',
        excerpt: 'En ingress.',
        content: root(
          line(
            text('Läs '),
            text('allt', 1),
            text(' om '),
            link('https://example.com/x', text('det')),
            text('.'),
          ),
          line(articleLink(hidden.id, text('Utkastet'))),
        ) as never,
        topics: [topic.id],
        authors: [author.id],
        relatedArticles: [hidden.id, mailed.id, ids.get('artikel-1') as number],
        newsletter: { send: false },
        publishedAt: '2026-02-01T08:00:00.000Z',
        _status: 'published',
      },
    })
    ids.set('om-frihet', whole.id)
    await updateArticle({
      payload,
      id: whole.id,
      locale: 'en',
      data: { title: 'On freedom', content: paragraph('The text.') },
    })
    const moved = await createArticle(payload, { title: 'Flyttad', publishedAt: '2025-01-01T08:00:00.000Z' })
    await updateArticle({ payload, id: moved.id, data: { slug: 'har-ar-den' } })
  })
  afterAll(() => database.close())

  it('lists what is public as cards, the newest first, and counts', async () => {
    const { articles, paging } = await list()
    expect(articles.map(({ slug }) => slug)).toEqual([
      ...['om-frihet', 'artikel-5', 'artikel-4', 'artikel-3', 'artikel-2', 'artikel-1', 'har-ar-den'],
    ])
    expect(paging).toEqual({ limit: 15, total: 7, page: 1, pages: 1, next: null })
    const { serverURL } = database.payload.config
    expect(articles[0]).toEqual({
      id: String(ids.get('om-frihet')),
      slug: 'om-frihet',
      url: `${serverURL}/sv/articles/om-frihet`,
      language: 'sv',
      languages: ['sv', 'en'],
      title: 'Om frihet',
      excerpt: 'En ingress.',
      image: null,
      authors: [{ id: expect.any(String), slug: 'sanna-ek', name: 'Sanna Ek' }],
      topics: [{ id: expect.any(String), slug: 'frihet', name: 'Frihet' }],
      publishedAt: '2026-02-01T08:00:00.000Z',
      updatedAt: expect.any(String),
    })
  })

  it('filters by topic, author, time and language', async () => {
    expect([
      await slugs('?topic=frihet&limit=2'),
      await slugs('?topic=ansvar,frihet&sort=publishedAt&limit=1'),
      await slugs('?author=sanna-ek'),
      await slugs('?topic=finns-inte'),
      await slugs('?publishedAfter=2026-01-03&publishedBefore=2026-01-04'),
      await slugs('?publishedBefore=2026-01-01T09:00:00%2B02:00'),
      await slugs('?locale=en&fallback=false'),
    ]).toEqual([
      ['om-frihet', 'artikel-3'],
      ['artikel-1'],
      ['om-frihet'],
      [],
      ['artikel-3'],
      ['har-ar-den'],
      ['om-frihet'],
    ])
    const { articles } = await list('?locale=en')
    expect(articles.map(({ title, language }) => [title, language]).slice(0, 2)).toEqual([
      ['On freedom', 'en'],
      ['Artikel 5', 'sv'],
    ])
  })

  it.each(['-publishedAt', 'publishedAt', '-updatedAt', 'updatedAt'])(
    'gives each article once, page by page or by cursor, sorted by %s',
    async (sort) => {
      const all = await slugs(`?sort=${sort}`)
      const byPage = [await slugs(`?sort=${sort}&limit=3`), await slugs(`?sort=${sort}&limit=3&page=2`)]
      const byCursor: string[] = []
      let next: string | null = null
      do {
        const query: string = `?sort=${sort}&limit=2${next ? `&cursor=${next}` : ''}`
        const { articles, paging } = await list(query)
        byCursor.push(...articles.map(({ slug }) => slug))
        next = paging.next
      } while (next)
      expect([new Set(all).size, byPage.flat(), byCursor]).toEqual([7, all.slice(0, 6), all])
    },
  )

  it('counts nothing after a cursor', async () => {
    const { paging } = await list('?limit=2')
    expect((await list(`?limit=2&cursor=${paging.next}`)).paging).toEqual({
      ...{ limit: 2, total: null, page: null, pages: null, next: expect.any(String) },
    })
  })

  it('gives texts with the cards where they are asked for, in each format', async () => {
    const of = async (query: string) => (await list(`?author=sanna-ek&${query}`)).articles[0]
    expect(await of('include=content,readingMinutes')).toMatchObject({
      ...{ format: 'json', readingMinutes: 1 },
      content: [
        {
          kind: 'paragraph',
          children: [
            { kind: 'text', text: 'Läs ', formats: [] },
            { kind: 'text', text: 'allt', formats: ['bold'] },
            { kind: 'text', text: ' om ', formats: [] },
            {
              ...{ kind: 'link', url: 'https://example.com/x' },
              children: [{ kind: 'text', text: 'det', formats: [] }],
            },
            { kind: 'text', text: '.', formats: [] },
          ],
        },
        { kind: 'paragraph', children: [{ kind: 'text', text: 'Utkastet', formats: [] }] },
      ],
    })
    expect([
      (await of('include=content&format=html'))?.content,
      (await of('include=content&format=markdown'))?.content,
      (await of('include=content&format=text'))?.content,
      await of('include=readingMinutes').then((listed) => listed && 'content' in listed),
    ]).toEqual([
      '<p>Läs <strong>allt</strong> om <a href="https://example.com/x">det</a>.</p><p>Utkastet</p>',
      'Läs **allt** om [det](https://example.com/x).\n\nUtkastet',
      'Läs allt om det <https://example.com/x>.\n\nUtkastet',
      false,
    ])
  })

  it('gives one article whole: its authors, what is related and public, and what search engines want', async () => {
    const { status, body } = await get('/articles/om-frihet?locale=en&format=html')
    const { serverURL } = database.payload.config
    expect({ status, ...body }).toEqual({
      status: 200,
      id: String(ids.get('om-frihet')),
      slug: 'om-frihet',
      url: `${serverURL}/en/articles/om-frihet`,
      language: 'en',
      languages: ['sv', 'en'],
      title: 'On freedom',
      excerpt: 'En ingress.',
      image: null,
      authors: [
        {
          ...{ id: expect.any(String), slug: 'sanna-ek', name: 'Sanna Ek' },
          ...{ title: 'Konsult', bio: null, portrait: null },
        },
      ],
      topics: [{ id: expect.any(String), slug: 'frihet', name: 'Frihet' }],
      publishedAt: '2026-02-01T08:00:00.000Z',
      updatedAt: expect.any(String),
      format: 'html',
      content: '<p>The text.</p>',
      readingMinutes: 1,
      related: [expect.objectContaining({ slug: 'artikel-1', language: 'sv' })],
      seo: {
        title: 'On freedom',
        description: 'En ingress.',
        image: null,
        canonical: `${serverURL}/en/articles/om-frihet`,
        alternates: [
          { language: 'sv', url: `${serverURL}/sv/articles/om-frihet` },
          { language: 'en', url: `${serverURL}/en/articles/om-frihet` },
        ],
      },
    })
  })

  it('a former slug leads to the present one; hidden and absent are the same', async () => {
    const { status, headers } = await get('/articles/flyttad?locale=en')
    expect([status, headers.get('Location')]).toEqual([301, '/api/content/v1/articles/har-ar-den?locale=en'])
    const absent = await refusalOf('/articles/finns-inte')
    expect(absent).toEqual({ status: 404, code: 'not_there', parameter: undefined, message: 'Not Found' })
    for (const path of [
      '/articles/hemligt-utkast',
      '/articles/bara-i-brev',
      '/articles/artikel-1?locale=en&fallback=false',
      `/articles/${'x'.repeat(300)}`,
      '/articles/%00',
    ])
      expect(await refusalOf(path)).toEqual(absent)
  })

  it('finds by words of title and excerpt, in what is public', async () => {
    const found = async (words: string) => {
      const { body } = await get(`/search?q=${encodeURIComponent(words)}`)
      return (body.articles as Listed[]).map(({ slug }) => slug)
    }
    expect([
      await found('hästar'),
      await found('artikel 3'),
      await found('hemligt'),
      await found('brev'),
    ]).toEqual([['artikel-2'], ['artikel-3'], [], []])
  })

  it('gives topics, authors and the site', async () => {
    const { serverURL } = database.payload.config
    expect([
      ((await get('/topics')).body.topics as Listed[]).map(({ slug }) => slug),
      (await get('/authors?locale=en')).body,
      (await get('/site')).body,
    ]).toEqual([
      ['ansvar', 'frihet'],
      {
        authors: [
          {
            ...{ id: expect.any(String), slug: 'sanna-ek', name: 'Sanna Ek', title: 'Konsult', bio: null },
            portrait: null,
          },
        ],
      },
      expect.objectContaining({ url: `${serverURL}/sv`, language: 'sv', languages: ['sv', 'en'] }),
    ])
  })

  it('says the same to staff as to everybody', async () => {
    const asStaff = { Authorization: `JWT ${token}` }
    for (const path of ['/articles?limit=100', '/articles/om-frihet', '/search?q=a', '/topics', '/site'])
      expect((await get(path, asStaff)).body).toEqual((await get(path)).body)
    expect((await get('/articles/hemligt-utkast', asStaff)).status).toBe(404)
  })

  it('answers 304 to who has it, and pages of any origin may ask', async () => {
    const { headers } = await get('/articles/om-frihet')
    const etag = headers.get('ETag') ?? ''
    expect([
      headers.get('Cache-Control'),
      headers.get('Access-Control-Allow-Origin'),
      headers.get('Access-Control-Allow-Credentials'),
      // A refusal is for the same pages.
      (await get('/articles/finns-inte')).headers.get('Access-Control-Allow-Origin'),
      (await get('/articles?limti=3')).headers.get('Access-Control-Allow-Origin'),
      (await get('/articles/flyttad')).headers.get('Access-Control-Allow-Origin'),
      (await get('/articles/om-frihet', { 'If-None-Match': etag })).status,
      (await get('/articles/om-frihet', { 'If-None-Match': `"x", W/${etag}` })).status,
      (await get('/articles/om-frihet?format=text', { 'If-None-Match': etag })).status,
      (await fetchFrom('/articles', {}, 'OPTIONS')).headers.get('Access-Control-Allow-Headers'),
    ]).toEqual([
      'public, no-cache',
      '*',
      null,
      '*',
      '*',
      '*',
      304,
      304,
      200,
      expect.stringContaining('If-None-Match'),
    ])
  })

  it.each([
    ['/articles?limti=3', 'limti'],
    ['/articles?limit=0', 'limit'],
    ['/articles?limit=101', 'limit'],
    ['/articles?limit=abc', 'limit'],
    ['/articles?limit=1.5', 'limit'],
    ['/articles?limit=3&limit=4', 'limit'],
    ['/articles?page=0', 'page'],
    ['/articles?page=1e9', 'page'],
    ['/articles?locale=fr', 'locale'],
    ['/articles?sort=title', 'sort'],
    ['/articles?include=owner', 'include'],
    ['/articles?topic=', 'topic'],
    ['/articles?publishedAfter=igår', 'publishedAfter'],
    ['/articles?cursor=abc', 'cursor'],
    ['/articles?draft=true', 'draft'],
    ['/articles?where[title][like]=x', 'where[title][like]'],
    ['/articles/om-frihet?depth=3', 'depth'],
    ['/articles/om-frihet?format=pdf', 'format'],
    ['/search', 'q'],
    ['/search?q=%20', 'q'],
    [`/search?q=${'x'.repeat(101)}`, 'q'],
    ['/search?q=a%20b%20c%20d%20e%20f%20g', 'q'],
    ['/search?q=a%00b', 'q'],
    ['/articles?topic=a%00b', 'topic'],
    ['/articles?author=a,b%01', 'author'],
    ['/topics?limit=3', 'limit'],
  ])('refuses %s by naming %s', async (path, parameter) => {
    const refused = await refusalOf(path)
    expect(refused).toEqual({ status: 400, code: 'query_invalid', parameter, message: refused.message })
    expect(refused.message?.startsWith(`${parameter}: `)).toBe(true)
  })

  it('refuses a cursor of another order, and one beside a page', async () => {
    const { next } = (await list('?limit=2')).paging
    const asSwedish = { 'Accept-Language': 'sv' }
    expect([
      (await refusalOf(`/articles?sort=updatedAt&cursor=${next}`)).message,
      (await refusalOf(`/articles?page=2&cursor=${next}`, asSwedish)).message,
    ]).toEqual([
      'cursor: it belongs to another sort. Keep sort, or start again from the first page.',
      'cursor: ange antingen cursor eller page, inte båda.',
    ])
  })
})

/** The schema of the route that an address is at. */
function answerOf(path: string): z.ZodType {
  const [, first = '', second] = new URL(path, 'http://x').pathname.split('/')
  const at = second === undefined ? `/${first}` : `/${first}/:slug`
  const route = CONTENT_ROUTES.find((each) => each.path === at)
  if (!route) throw new Error(`There is no route at ${path}.`)
  return route.answer
}
