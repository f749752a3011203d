import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { graphql } from 'graphql'
import { createPayloadRequest, handleEndpoints, type APIError } from 'payload'
import { inTurn } from '../../src/public-api/dearReads.ts'
import { seededRandom } from '../../emulator/seededRandom.ts'
import { graphqlRoute } from '../../src/public-api/graphql/graphqlRoute.ts'
import { refusalCodeOf } from '../../src/refusals/refusal.ts'
import type { Article } from '../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { graphqlSchemaOf } from '../support/graphqlSchema.ts'
import { isLong } from '../support/longRun.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createArticle, createTopic, hideFromSite, paragraph, updateArticle } from '../support/siteContent.ts'
import { element, link, root, text } from '../unit/rich-text/stored.ts'

const ODD_REQUESTS = isLong ? 2_500 : 500

/** Words that only what is hidden holds, and one that nothing holds: as long, and of the same letters. */
const HIDDEN_WORD = 'kvartsbok'
const ABSENT_WORD = 'bokkvarts'
const OPERATORS = [
  'equals',
  'not_equals',
  'like',
  'contains',
  'not_like',
  'in',
  'not_in',
  'exists',
  'greater_than',
  'all',
]
const FIELDS = [
  'title',
  'slug',
  'excerpt',
  'content',
  '_status',
  'visibility',
  'newsletter.subject',
  'owner.email',
  'authors.name',
  'topics.name',
]
const PREFIXES = ['', 'relatedArticles.', 'relatedArticles.relatedArticles.', 'version.']

describe.each(testDatabases())('on $name, a question of somebody without a login', ({ name, open }) => {
  let database: TestDatabase
  let editor: Rest
  /** A draft, and an article that is only mailed. */
  let hiddenIds: Article['id'][]
  let publicId: string | number
  let otherId: string | number
  let topicId: string | number

  beforeAll(async () => {
    database = await open()
    const { payload } = database
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    const topic = await createTopic(payload, { name: 'Frihet', slug: 'frihet' })
    topicId = topic.id
    const hidden = await createArticle(payload, {
      title: HIDDEN_WORD,
      slug: HIDDEN_WORD,
      excerpt: HIDDEN_WORD,
      content: paragraph(HIDDEN_WORD),
      _status: 'draft',
    })
    await updateArticle({
      payload,
      id: hidden.id,
      draft: true,
      data: { relatedArticles: [hidden.id], _status: 'draft' },
    })
    const mailed = await createArticle(payload, {
      title: HIDDEN_WORD,
      slug: `${HIDDEN_WORD}-i-brevet`,
      excerpt: HIDDEN_WORD,
      content: paragraph(HIDDEN_WORD),
      topics: [topic.id],
    })
    await hideFromSite({ payload, id: mailed.id })
    hiddenIds = [hidden.id, mailed.id]
    const other = await createArticle(payload, { title: 'En annan' })
    otherId = other.id
    const shown = await createArticle(payload, {
      title: 'Om frihet',
      slug: 'om-frihet',
      topics: [topic.id],
      relatedArticles: [...hiddenIds, other.id],
      content: linking([...hiddenIds, other.id]),
    })
    publicId = shown.id
    await updateArticle({
      payload,
      id: shown.id,
      locale: 'en',
      data: { title: 'On freedom', content: linking([...hiddenIds, other.id]) },
    })
    // Changes that are not published yet.
    await updateArticle({
      payload,
      id: other.id,
      draft: true,
      data: { title: HIDDEN_WORD, excerpt: HIDDEN_WORD, _status: 'draft' },
    })
  })
  afterAll(() => database.close())

  const send = async (path: string, init: RequestInit = {}) => {
    const response = await handleEndpoints({
      config: database.payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`http://site.example/api${path}`, init),
    })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }
  }
  const sendGraphql = async (query: string, variables: object = {}) => {
    const response = await graphqlRoute({
      config: database.payload.config,
      payloadInstanceCacheKey: database.key,
      answer: async (request) => {
        const { payload } = database
        const asked = (await request.json()) as { query: string; variables: Record<string, unknown> }
        const req = await createPayloadRequest({
          config: payload.config,
          payloadInstanceCacheKey: database.key,
          request: new Request(request.url, { headers: request.headers }),
        })
        const result = await graphql({
          schema: graphqlSchemaOf(payload),
          source: asked.query,
          variableValues: asked.variables,
          contextValue: { req, headers: {} },
        })
        return Response.json(result)
      },
    })(
      new Request('http://site.example/api/graphql', {
        method: 'POST',
        body: JSON.stringify({ query, variables }),
      }),
    )
    return { status: response.status, text: await response.text() }
  }

  const isSampled = name === 'MongoDB' && !isLong

  it('is answered alike for a hidden word and an absent one, by every field, operator, path and road', async () => {
    const differing: string[] = []
    let asked = 0
    const compare = async (
      make: (word: string) => Promise<{ status: number; text: string }>,
      name: string,
    ) => {
      const [hit, miss] = [await make(HIDDEN_WORD), await make(ABSENT_WORD)]
      asked += 1
      const plain = (text: string) => text.replaceAll(HIDDEN_WORD, 'WORD').replaceAll(ABSENT_WORD, 'WORD')
      if (hit.status !== miss.status || plain(hit.text) !== plain(miss.text)) differing.push(name)
      if (hit.status >= 500) differing.push(`500: ${name}`)
    }
    for (const [at, prefix] of PREFIXES.entries())
      for (const [row, field] of FIELDS.entries())
        for (const [column, operator] of OPERATORS.entries()) {
          // The rules are the same on both: MongoDB is asked each third question, each field and each operator among them.
          if (isSampled && (at + row + column) % 3 !== 0) continue
          const path = prefix + field
          const asking = `${path} ${operator}`
          const query = (word: string) => `where[${path}][${operator}]=${word}&depth=0`
          await compare((word) => send(`/articles?draft=true&${query(word)}`), asking)
          await compare(
            (word) => send(`/articles/count?where[${path}][${operator}]=${word}`),
            `count ${asking}`,
          )
          await compare(
            (word) => send(`/articles?where[relatedArticles][contains][${path}][${operator}]=${word}`),
            `contains ${asking}`,
          )
          await compare(
            (word) =>
              send(
                `/articles?trash=true&where[or][0][and][0][${path.replaceAll('.', '__')}][${operator}]=${word}`,
              ),
            `nested ${asking}`,
          )
        }
    for (const field of ['title', 'slug', 'excerpt', '_status', 'content', 'newsletter__subject'])
      for (const operator of OPERATORS)
        for (const root of ['Articles', 'countArticles'])
          await compare(
            (word) =>
              sendGraphql(
                `{${root}(draft:true,trash:true,where:{${field}:{${operator}:"${word}"}}){totalDocs}}`.replace(
                  'countArticles(draft:true,trash:true,',
                  'countArticles(',
                ),
              ),
            `GraphQL ${root} ${field} ${operator}`,
          )
    expect({ asked, differing }).toEqual({
      asked: 4 * Math.ceil((PREFIXES.length * FIELDS.length * OPERATORS.length) / (isSampled ? 3 : 1)) + 120,
      differing: [],
    })
  })

  it('finds what is public while it says draft', async () => {
    const ids = async (query: string) => {
      const { text } = await send(`/articles?depth=0&sort=slug&select[slug]=true${query}`)
      return (JSON.parse(text) as { docs: { slug: string }[] }).docs.map(({ slug }) => slug)
    }
    expect([await ids(''), await ids('&draft=true'), await ids('&trash=true')]).toEqual([
      ['en-annan', 'om-frihet'],
      ['en-annan', 'om-frihet'],
      ['en-annan', 'om-frihet'],
    ])
  })

  it.each([
    ['where[topics.slug][in]=frihet,x', ['om-frihet']],
    ['where[topics.name][like]=frih', ['om-frihet']],
    ['where[topics.slug][equals]=x', []],
    ['where[topics][in]=TOPIC', ['om-frihet']],
    ['where[topics][equals]=TOPIC&where[title][like]=om', ['om-frihet']],
    [
      'where[or][0][topics.slug][equals]=frihet&where[or][1][title][equals]=En annan',
      ['en-annan', 'om-frihet'],
    ],
    ['where[and][0][topics.slug][equals]=frihet&where[and][1][title][equals]=En annan', []],
    ['where[authors.name][equals]=Ingen', []],
  ])('finds by what articles are related to: %s', async (query, slugs) => {
    const where = query.replace('TOPIC', String(topicId))
    const list = await send(`/articles?depth=0&sort=slug&select[slug]=true&${where}`)
    const count = await send(`/articles/count?${where}`)
    const { docs, totalDocs } = JSON.parse(list.text) as { docs: { slug: string }[]; totalDocs: number }
    expect([docs.map(({ slug }) => slug), totalDocs, JSON.parse(count.text)]).toEqual([
      slugs,
      slugs.length,
      { totalDocs: slugs.length },
    ])
  })

  it.each([
    ['/media?where[filesize][equals]=null', 'where[filesize][equals]'],
    ['/media?where[filesize][greater_than]=null', 'where[filesize][greater_than]'],
    ['/articles?where[publishedAt][less_than]=null', 'where[publishedAt][less_than]'],
  ])('is refused by name where a database would fail on nothing for a value: %s', async (path, parameter) => {
    const { status, text } = await send(path)
    expect([status, text]).toEqual([400, expect.stringContaining(`"parameter":"${parameter}"`)])
  })

  it.each([
    ['/media?where[focalX][not_equals]=null', 400],
    ['/articles?where[newsletter.send][not_equals]=', 400],
    ['/articles?where[newsletter.send][equals]=null', 400],
    ['/articles?sort=slug,,title', 400],
    ['/articles?sort=', 200],
    ['/articles?where[publishedAt][equals]=null', 200],
    ['/articles?where[id][not_equals]=', 200],
  ])('of staff is answered alike on both databases, never 500: %s', async (path, status) => {
    expect((await editor('GET', path)).status).toBe(status)
  })

  it('is refused when it is dear and too many of its network wait', async () => {
    const askedIn = (language: string) =>
      createPayloadRequest({
        config: database.payload.config,
        payloadInstanceCacheKey: database.key,
        request: new Request('http://site.example/api/articles', {
          headers: { 'Accept-Language': language },
        }),
      })
    const [swedish, english] = [await askedIn('sv'), await askedIn('en')]
    let end = (_: Response) => {}
    const held = new Promise<Response>((resolve) => (end = resolve))
    // As many as run at once on MongoDB, and as may wait: whoever comes next is one too many on both.
    const asked = Array.from({ length: 54 }, () => inTurn(swedish, () => held))
    const refused = await Promise.all(
      [swedish, english].map((req) =>
        inTurn(req, () => held).catch((error: APIError) => [
          error.status,
          refusalCodeOf(error),
          error.message.split('.')[0],
        ]),
      ),
    )
    end(Response.json({}))
    await Promise.allSettled(asked)
    expect(refused).toEqual([
      [503, 'too_many_wait', 'Just nu väntar för många långa frågor'],
      [503, 'too_many_wait', 'Too many long questions wait at the moment'],
    ])
  })

  it('gets no link that nobody may follow and no forbidden character, whatever is stored', async () => {
    const { id, slug } = await createArticle(database.payload, { title: 'Gammal' })
    const unsafe = ['javascript:alert(1)', 'java\tscript:x', ' DATA:text/html,x', 'vbscript:x', 'file:///x']
    const dirty = 'Ren\u0001\u000b rad\ufffe\ud800'
    await database.payload.db.updateOne({
      collection: 'articles',
      id,
      data: {
        title: { sv: dirty },
        excerpt: { sv: dirty },
        content: {
          sv: root(...unsafe.map((url) => element('paragraph', [link(url, text(dirty))]))),
        },
      },
    })
    const answers = [
      (await send(`/articles/${id}?locale=sv`)).text,
      (await send(`/articles?where[slug][equals]=${slug}&locale=all&depth=2`)).text,
      (
        await sendGraphql(
          `{ Articles(where: { slug: { equals: "${slug}" } }, locale: sv) { docs { title excerpt content } } }`,
        )
      ).text,
    ]
    // The characters themselves, and as JSON escapes them.
    const forbidden = [
      ...['script:', 'data:text', 'file:'],
      ...['\u0001', '\u000b', '\ufffe', '\\u0001', '\\u000b', '\\ud800', '\\ufffe'],
    ]
    expect(
      answers.map((answer) => [
        answer.includes('Ren'),
        forbidden.some((part) => answer.toLowerCase().includes(part)),
      ]),
    ).toEqual(answers.map(() => [true, false]))
  })

  it('gets no id of a hidden article and no field of staff, at any depth, in any locale', async () => {
    const answers = await Promise.all(
      ['sv', 'en', 'all'].flatMap((locale) =>
        [0, 1, 2].flatMap((depth) => [
          send(`/articles/${publicId}?depth=${depth}&locale=${locale}`),
          send(`/articles?where[slug][equals]=om-frihet&depth=${depth}&locale=${locale}&draft=true`),
        ]),
      ),
    )
    const found = answers.flatMap(({ status, text }) => {
      const doc = ((value: { docs?: unknown[] }) => value.docs?.[0] ?? value)(JSON.parse(text)) as Record<
        string,
        unknown
      >
      const related = (doc.relatedArticles as (string | number | { id: string | number })[]).map((each) =>
        typeof each === 'object' ? each.id : each,
      )
      const mentions = [...text.matchAll(/"value":("\w+"|\d+)/g)].map(
        ([, id]) => JSON.parse(id ?? '') as unknown,
      )
      const staff = ['newsletter', 'owner', 'generateSlug', 'deletedAt', 'visibility'].filter((name) =>
        text.includes(`"${name}"`),
      )
      return [{ status, related, isHiddenThere: hiddenIds.some((id) => mentions.includes(id)), staff }]
    })
    expect(found).toEqual(
      answers.map(() => ({ status: 200, related: [otherId], isHiddenThere: false, staff: [] })),
    )
  })

  it('names no author and no topic that is deleted, on either database', async () => {
    const { payload } = database
    const [stays, goes] = await Promise.all(
      ['Stannar', 'Går'].map((name) =>
        payload.create({ collection: 'authors', data: { name, slug: name.toLowerCase() } }),
      ),
    )
    const topic = await payload.create({
      collection: 'topics',
      data: { name: 'Försvinner', slug: 'forsvinner' },
    })
    const authors = [goes, stays].flatMap((author) => (author ? [author.id] : []))
    const { id } = await createArticle(payload, { title: 'Av två', topics: [topic.id] })
    await payload.update({ collection: 'articles', id, data: { authors } })
    await payload.delete({ collection: 'authors', id: goes?.id ?? 0 })
    await payload.delete({ collection: 'topics', id: topic.id })
    for (const depth of [0, 1]) {
      const { text } = await send(`/articles/${id}?depth=${depth}&select[authors]=true&select[topics]=true`)
      const doc = JSON.parse(text) as { authors: unknown[]; topics: unknown[] }
      const author = depth === 0 ? stays?.id : expect.objectContaining({ id: stays?.id })
      expect([doc.authors, doc.topics]).toEqual([[author], []])
    }
    await payload.delete({ collection: 'articles', id })
  })

  it.each(['{Articles(pagination:false){docs{id}}}', '{Articles(limit:0){docs{id}}}'])(
    'gets no list without an end over GraphQL: %s',
    async (query) => {
      const { status, text } = await sendGraphql(query)
      expect([status, text]).toEqual([
        400,
        expect.stringMatching(/limit: (give )?a whole number from 1 to 100/),
      ])
    },
  )

  it('is asked for a login before it changes anything over GraphQL', async () => {
    const { status, text } = await sendGraphql('mutation{createTopic(data:{name:"x"}){id}}')
    expect([status, text]).toEqual([401, expect.stringContaining('Changing anything needs a login.')])
  })

  it('gets no id of a hidden article over GraphQL', async () => {
    const { text } = await sendGraphql(
      '{Articles(where:{slug:{equals:"om-frihet"}},draft:true){docs{content(depth:0) relatedArticles{title}}}}',
    )
    const { data } = JSON.parse(text) as {
      data: { Articles: { docs: { content: unknown; relatedArticles: unknown }[] } }
    }
    const [doc] = data.Articles.docs
    expect([doc?.relatedArticles, docsIn(doc?.content)]).toEqual([
      [{ title: 'En annan' }],
      [null, null, otherId],
    ])
  })

  it('is told of a hidden article what it is told of one that does not exist', async () => {
    const absent = typeof publicId === 'number' ? 999_999 : 'f'.repeat(24)
    const ask = async (id: string | number) => [
      await send(`/articles/${id}`),
      await send(`/articles/${id}?draft=true&depth=0`),
      await send(`/articles/access/${id}`, { method: 'POST' }),
      await send(`/articles?where[id][equals]=${id}`),
      await send(`/articles?where[relatedArticles][equals]=${id}`),
      await sendGraphql(`{Article(id:${JSON.stringify(id)}){title}}`),
    ]
    for (const id of hiddenIds) expect(await ask(id)).toEqual(await ask(absent))
  })

  it('comes by POST as well, under the same rules', async () => {
    const byPost = (body: string, type: string) =>
      send('/articles', {
        method: 'POST',
        body,
        headers: { 'Content-Type': type, 'X-Payload-HTTP-Method-Override': 'GET' },
      })
    const form = 'application/x-www-form-urlencoded'
    const answers = [
      await byPost('limit=0', form),
      await byPost(`where[relatedArticles][contains][title][like]=${HIDDEN_WORD}`, form),
      await byPost('{"limit":0}', 'application/json'),
      await byPost('where[slug][equals]=om-frihet&depth=0', form),
    ]
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 200])
  })

  it('is told nothing of what staff may do', async () => {
    expect(JSON.parse((await send('/access')).text)).toEqual({
      canAccessAdmin: false,
      collections: {},
      globals: {},
    })
  })

  it.each(['my-slug', 'init', 'me', '1e5', '-1', '%00', '9'.repeat(40), 'x'.repeat(24)])(
    'by the id %s, which is none, is 404 for everybody',
    async (id) => {
      const [anybody, staff] = [await send(`/articles/${id}`), await editor('GET', `/articles/${id}`)]
      expect([anybody.status, staff.status]).toEqual([404, 404])
    },
  )

  it.each([
    'limit=1e400',
    'limit=1.5',
    'limit=-1',
    'limit=1001',
    'limit[]=',
    'page=9e18',
    'depth=abc',
    'where=abc',
    'where[or]=x',
    'where[publishedAt][greater_than]=zz',
    'where[slug][equals][x]=',
    'where[content.root.type][equals]=x',
    'where[relatedArticles.heroImage.alt][equals]=x',
    'where[title][near]=1',
    'where[title][within]=1',
    'where[title][all]=1',
    'where[owner][intersects]=1',
    'where[id][equals]=x',
    'where[nothing][equals]=x',
    'sort[a]=b',
    'select=x',
    'where[title][like]=%00',
    'where[relatedArticles.relatedArticles.relatedArticles.title][like]=x',
    'where[authors][contains][name][like]=x',
  ])('of staff is 400 by name when no database can answer it: %s', async (query) => {
    const { status, body } = await editor('GET', `/articles?${query}`)
    expect([status, body.errors]).toEqual([
      400,
      [expect.objectContaining({ data: { parameter: expect.any(String) } })],
    ])
  })

  it('is never answered with a fault of ours, however odd', async () => {
    const random = seededRandom(20261129)
    const faults: string[] = []
    for (let index = 0; index < ODD_REQUESTS; index += 1) {
      const path = oddRequest(random)
      const status = index % 2 === 0 ? (await send(path)).status : (await editor('GET', path)).status
      if (status >= 500) faults.push(`${index % 2 === 0 ? 'anybody' : 'editor'} ${status} ${path}`)
    }
    expect(faults).toEqual([])
  })

  it.each([
    'limit=0&depth=0',
    'pagination=false',
    'where[id][not_equals]=',
    'draft=true&sort=-updatedAt',
    'where[newsletter.send][equals]=true',
    'where[content][like]=kvarts',
    'where[_status][equals]=draft',
    'trash=true',
    'where[topics.slug][in]=a,b',
  ])('of staff is answered: %s', async (query) => {
    expect((await editor('GET', `/articles?${query}`)).status).toBe(200)
  })
})

/** A path and query as nobody means them. */
function oddRequest(random: () => number): string {
  const one = <Item>(items: Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const value = () =>
    one([
      '',
      '0',
      '-1',
      '1',
      '1e400',
      'NaN',
      '1.5',
      'null',
      'zz',
      '%00',
      '%F0%9F%8E%89',
      '9'.repeat(25),
      '{}',
      '[1]',
      'true',
      '1,2,x',
      "'",
      '%25',
      'a b c',
      '2026-01-01',
      'f'.repeat(24),
      '\\',
      '(',
      '__proto__',
    ])
  const field = () =>
    one([
      'id',
      'title',
      'slug',
      'content',
      'content.root.type',
      'authors',
      'authors.name',
      'topics.slug',
      'relatedArticles',
      'relatedArticles.title',
      'relatedArticles.heroImage.alt',
      'relatedArticles.relatedArticles.topics.name',
      'heroImage',
      'publishedAt',
      'createdAt',
      '_status',
      'owner',
      'owner.email',
      'newsletter',
      'newsletter.send',
      'newsletter.topics',
      'version.title',
      'parent',
      'latest',
      'x',
      '',
      'and',
      'or',
      'title.en',
      'title.fr',
      'constructor',
      'email',
      'status',
      'counts',
      'filesize',
      'user.value',
      'document.value',
      'sizes.small.width',
    ])
  const operator = () =>
    one([
      'equals',
      'not_equals',
      'in',
      'not_in',
      'all',
      'exists',
      'like',
      'not_like',
      'contains',
      'near',
      'within',
      'intersects',
      'greater_than',
      'less_than_equal',
      'x',
      '',
    ])
  const parameter = () =>
    one([
      () => `where[${field()}][${operator()}]=${value()}`,
      () => `where[${field()}][${operator()}][${field()}][${operator()}]=${value()}`,
      () => `where[${one(['and', 'or'])}][${one(['0', 'x', ''])}][${field()}][${operator()}]=${value()}`,
      () => `where=${value()}`,
      () => `where[${field()}]=${value()}`,
      () =>
        `${one(['limit', 'page', 'depth', 'sort', 'locale', 'fallback-locale', 'draft', 'trash', 'pagination', 'select', 'populate', 'joins', 'data'])}${one(['', '', '', '[]', '[x]'])}=${value()}`,
      () => `sort=${one(['', '-'])}${field()}`,
      () => `select[${field()}]=${value()}`,
      () => `populate[${one(['authors', 'articles', 'users', 'x'])}][${field()}]=${value()}`,
    ])()
  const slug = one([
    'articles',
    'articles',
    'articles',
    'authors',
    'topics',
    'media',
    'files',
    'users',
    'subscribers',
    'campaigns',
    'deliveries',
    'payload-locked-documents',
  ])
  const path = one(['', '', '', '/count', '/versions', `/${value()}`, '/init', '/me', `/versions/${value()}`])
  return `/${slug}${path}?${Array.from({ length: 1 + Math.floor(random() * 3) }, parameter).join('&')}`
}

const linking = (ids: (string | number)[]) => {
  const text = paragraph('Läs mer: ')
  const link = (value: string | number) => ({
    type: 'link',
    version: 3,
    format: '' as const,
    indent: 0,
    direction: 'ltr' as const,
    fields: { linkType: 'internal', newTab: false, doc: { relationTo: 'articles', value } },
    children: [{ type: 'text', version: 1, text: 'här', format: 0, mode: 'normal', style: '', detail: 0 }],
  })
  const [first] = text.root.children
  return {
    root: { ...text.root, children: [{ type: 'paragraph', version: 1, ...first, children: ids.map(link) }] },
  }
}

/** What each link of a text leads to. */
const docsIn = (content: unknown): unknown[] =>
  [...JSON.stringify(content).matchAll(/"doc":(null|\{"relationTo":"articles","value":("\w+"|\d+)\})/g)].map(
    ([, whole, id]) => (whole === 'null' ? null : (JSON.parse(id ?? 'null') as unknown)),
  )
