import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import {
  createArticle,
  createSubscriber,
  createTopic,
  paragraph,
  updateArticle,
} from '../support/siteContent.ts'

const ARTICLE = { title: 'Om frihet', slug: 'om-frihet', content: paragraph('Texten.') }

/** What no anonymous answer may hold. */
const SECRETS = [
  'Hemligt utkast',
  'Papperskorgen',
  'anna.berg@example.com',
  'editor@example.com',
  'brev@example.com',
]

describe.each(testDatabases())('on $name, somebody without a login', ({ open }) => {
  let database: TestDatabase
  let anonymous: Rest
  let articleId: string | number
  let draftId: string | number
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    anonymous = restAs(database)
    await logInAs({ ...database, role: 'editor' })
    await payload.updateGlobal({
      slug: 'site',
      data: {
        senderName: 'Provet',
        senderEmail: 'brev@example.com',
        postalAddress: 'Provgatan 1, Stockholm',
      },
    })
    await createSubscriber(payload, { email: 'anna.berg@example.com' })
    const topic = await createTopic(payload, { name: 'Frihet', slug: 'frihet' })
    const author = await payload.create({
      collection: 'authors',
      data: { name: 'Sanna Ek', slug: 'sanna-ek' },
    })
    const draft = await createArticle(payload, { title: 'Hemligt utkast', _status: 'draft' })
    draftId = draft.id
    const article = await payload.create({
      collection: 'articles',
      locale: 'sv',
      data: {
        ...ARTICLE,
        topics: [topic.id],
        authors: [author.id],
        relatedArticles: [draft.id],
        _status: 'published',
      },
    })
    articleId = article.id
    await updateArticle({
      payload,
      id: article.id,
      locale: 'en',
      data: { title: 'On freedom', content: paragraph('The text.') },
    })
    await createArticle(payload, { title: 'En annan', publishedAt: '2026-01-01T08:00:00.000Z' })
    const trashed = await createArticle(payload, { title: 'Papperskorgen' })
    await updateArticle({ payload, id: trashed.id, data: { deletedAt: new Date().toISOString() } })
    // A draft of what is published.
    await updateArticle({
      payload,
      id: article.id,
      data: { title: 'Hemligt utkast två', _status: 'draft' },
      draft: true,
    })
    await drain(payload)
  })
  afterAll(() => database.close())

  it('lists what is published, newest first, and pages through it', async () => {
    const pages = await Promise.all(
      [1, 2].map((page) => anonymous('GET', `/articles?limit=1&page=${page}&select[title]=true&depth=0`)),
    )
    expect(pages.map(({ body }) => [titlesOf(body), body.totalDocs])).toEqual([
      [['Om frihet'], 2],
      [['En annan'], 2],
    ])
  })

  it.each([
    ['slug', 'where[slug][equals]=om-frihet'],
    ['topic', 'where[topics.slug][equals]=frihet'],
    ['author', 'where[authors.slug][equals]=sanna-ek'],
    ['locale', 'locale=en&where[slug][equals]=om-frihet'],
  ])('finds an article by %s', async (_, query) => {
    const { status, body } = await anonymous('GET', `/articles?${query}&depth=0`)
    expect([status, titlesOf(body)]).toEqual([
      200,
      [query.startsWith('locale=en') ? 'On freedom' : 'Om frihet'],
    ])
  })

  it('gets the fields that it selects, as deep as it asks', async () => {
    const { body } = await anonymous(
      'GET',
      `/articles/${articleId}?select[title]=true&select[authors]=true&depth=1&populate[authors][name]=true`,
    )
    expect(body).toEqual({
      id: articleId,
      title: 'Om frihet',
      authors: [{ id: expect.anything(), name: 'Sanna Ek' }],
    })
  })

  it.each([
    '/subscribers',
    '/campaigns',
    '/deliveries',
    '/batches',
    '/users',
    '/articles/versions',
    '/plans',
    '/reviews',
    '/payload-preferences',
    '/payload-locked-documents',
  ])('is refused %s, and a count of it', async (path) => {
    const [list, count] = await Promise.all([anonymous('GET', path), anonymous('GET', `${path}/count`)])
    expect([list.status, list.body.docs, count.body.totalDocs]).toEqual([403, undefined, undefined])
  })

  it('sees no secret, whatever it asks for', async () => {
    const paths = [
      '/articles?draft=true&depth=2&locale=all&limit=100',
      '/articles?trash=true&pagination=false&depth=2',
      '/articles?where[_status][equals]=draft',
      '/articles?where[or][0][_status][equals]=draft&where[or][1][_status][equals]=published',
      '/articles?where[relatedArticles.title][like]=Hemligt',
      `/articles/${draftId}`,
      `/articles/${draftId}?draft=true`,
      `/articles/${articleId}?draft=true&depth=2`,
      '/authors?depth=2',
      '/topics?depth=2',
      '/media?depth=2',
      '/globals/site?depth=2',
      '/access',
    ]
    const answers = await Promise.all(paths.map((path) => anonymous('GET', path)))
    const found = answers.flatMap(({ body }, index) =>
      SECRETS.filter((secret) => JSON.stringify(body).includes(secret)).map(
        (secret) => `${paths[index]}: ${secret}`,
      ),
    )
    expect(found).toEqual([])
  })

  it('cannot use a filter on what it may not read as an oracle', async () => {
    const answers = await Promise.all([
      anonymous('GET', '/articles?where[owner.email][equals]=editor@example.com'),
      anonymous('GET', '/articles?where[newsletter.topics][exists]=true'),
      anonymous('GET', '/globals/site?select[senderEmail]=true'),
    ])
    expect(answers.map(({ status, body }) => [status, titlesOf(body), body.senderEmail])).toEqual([
      [400, [], undefined],
      [400, [], undefined],
      [400, [], undefined],
    ])
  })

  it.each(['relatedArticles.title', '-relatedArticles', 'owner.email', 'title,-authors.name'])(
    'cannot sort by %s, which would tell of what it may not read',
    async (sort) => {
      const { status, body } = await anonymous('GET', `/articles?sort=${sort}`)
      expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('sort')])
    },
  )

  it('writes nothing', async () => {
    const answers = await Promise.all([
      anonymous('POST', '/articles', ARTICLE),
      anonymous('PATCH', `/articles/${articleId}`, { title: 'Kapad' }),
      anonymous('DELETE', `/articles/${articleId}`),
      anonymous('POST', '/subscribers', { email: 'x@example.com' }),
      anonymous('POST', '/campaigns', { article: draftId }),
      anonymous('POST', '/users/first-register', {
        email: 'x@example.com',
        password: 'a password of the tests',
        name: 'X',
      }),
      anonymous('POST', '/globals/site', { name: 'Kapad' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403))
  })
})

const titlesOf = (body: Record<string, unknown>) =>
  ((body.docs ?? []) as { title: string }[]).map(({ title }) => title)
