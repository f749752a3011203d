import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createClient } from '@libsql/client'
import { SaxesParser } from 'saxes'
import { httpAs, registerEditor } from '../support/http.ts'
import type { Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'
import { link, paragraph as stored, root, text } from '../unit/rich-text/stored.ts'

let server: RunningServer
let rest: Rest
beforeAll(async () => {
  server = await startServer({ WORKER: 'off' })
  rest = (await registerEditor(server.baseUrl)).rest
})
afterAll(() => server.stop())

const create = async (data: object, query = '') => {
  const { status, body } = await rest('POST', `/articles?locale=sv&depth=0${query}`, {
    content: paragraph('Text.'),
    newsletter: { send: false },
    _status: 'published',
    ...data,
  })
  return { status, ...(body.doc as { id: number; slug: string }) }
}

/** All that a reader can tell of an answer; its time is not the article's. */
async function visit(path: string, init: RequestInit = {}) {
  const response = await fetch(server.baseUrl + path, { redirect: 'manual', ...init })
  const headers = [...response.headers].filter(([name]) => name !== 'date')
  return {
    status: response.status,
    location: response.headers.get('location'),
    headers,
    body: await response.text(),
  }
}
const wayOf = async (path: string, init?: RequestInit) => {
  const { status, location } = await visit(path, init)
  return [status, location]
}

describe('the permanent address of an article', () => {
  it('leads to the article in the language that it names, else in the browser’s', async () => {
    const { id } = await create({ title: 'Om frihet', slug: 'om-frihet' })
    const swedish = [302, '/sv/articles/om-frihet']
    const english = [302, '/en/articles/om-frihet']
    expect([
      await wayOf(`/a/${id}?l=sv`),
      await wayOf(`/a/${id}?l=en`),
      await wayOf(`/a/${id}`, { headers: { 'Accept-Language': 'en-GB' } }),
      await wayOf(`/a/${id}?l=sv`, { method: 'HEAD' }),
      await wayOf(`/a/${id}?l=//annan.example`, { headers: { 'Accept-Language': 'sv' } }),
    ]).toEqual([swedish, english, english, swedish, swedish])
  })

  it.each(['.', ')', ',', ').', '&gt;', '%3E', '%29', '%22', '%C2%BB', '*'])(
    'is understood with “%s” behind it',
    async (mark) => {
      const { id, slug } = await create({ title: `Med ${mark}` })
      expect([await wayOf(`/a/${id}${mark}`), await wayOf(`/a/${id}?l=sv${mark}`)]).toEqual([
        [302, expect.stringContaining(`/articles/${slug}`)],
        [302, `/sv/articles/${slug}`],
      ])
    },
  )

  it('answers of a hidden article byte by byte as of one that never was', async () => {
    const draft = await create({ title: 'Utkast', _status: 'draft' }, '&draft=true')
    const trashed = await create({ title: 'I papperskorgen' })
    await rest('PATCH', `/articles/${trashed.id}`, { deletedAt: new Date().toISOString() })
    const taken = await create({ title: 'Avpublicerad' })
    await rest('PATCH', `/articles/${taken.id}`, { _status: 'draft' })
    const names = [draft.id, trashed.id, taken.id, 999_999, 'x', '0', '-1', '1e3', '9'.repeat(40)]
    const answers = await Promise.all(names.map((name) => visit(`/a/${name}?l=sv`)))
    const [unknown] = answers.slice(3)
    expect([unknown?.status, answers.filter(({ status }) => status === 404)]).toEqual([
      404,
      answers.map(() => unknown),
    ])
  })
})

describe('a former address', () => {
  it('leads to the present one, in its language, for as long as readers see the article', async () => {
    const { id } = await create({ title: 'Ett' })
    await rest('PATCH', `/articles/${id}`, { slug: 'tva' })
    await rest('PATCH', `/articles/${id}?draft=true`, { slug: 'hemlig', _status: 'draft' })
    expect([
      await wayOf('/sv/articles/ett'),
      await wayOf('/en/articles/ett.'),
      await wayOf('/sv/articles/hemlig'),
    ]).toEqual([
      [301, '/sv/articles/tva'],
      [301, '/en/articles/tva'],
      [404, null],
    ])
    const lists = await Promise.all(
      ['/sv/rss.xml', '/sitemap.xml', '/sv', '/api/articles?limit=100', '/api/former-slugs'].map((path) =>
        visit(path),
      ),
    )
    expect(lists.map(({ body }) => /"ett"|articles\/ett\b|hemlig/.test(body))).toEqual(lists.map(() => false))
    await rest('PATCH', `/articles/${id}`, { _status: 'draft' })
    const gone = await visit('/sv/articles/ett')
    expect(gone).toEqual(await visit('/sv/articles/aldrig'))
  })
})

it('a link is the same address for every reader, as it was meant', async () => {
  const urls = [
    'exempel.example/x?y=1',
    '<https://exempel.example/a>',
    'hej@exempel.example',
    '/sok?q=a&amp;x=1',
  ]
  const right = [
    'https://exempel.example/x?y=1',
    'https://exempel.example/a',
    'mailto:hej@exempel.example',
    '/sok?q=a&x=1',
  ]
  const content = root(...urls.map((url) => stored(link(url, text(url)))))
  const { id, slug } = await create({ title: 'Länkar', content })
  const { body } = await httpAs(server)('GET', `/articles/${id}?locale=sv`)
  const asked = await httpAs(server)('POST', '/graphql', {
    query: `{ Articles(where: { slug: { equals: "${slug}" } }, locale: sv) { docs { content } } }`,
  })
  const urlsIn = (value: unknown) =>
    [...JSON.stringify(value).matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url)
  const page = (await visit(`/sv/articles/${slug}`)).body.replaceAll('&amp;', '&')
  const feed = (await visit('/sv/rss.xml')).body
  const absolute = right.map((url) => (url.startsWith('/') ? server.baseUrl + url : url))
  expect([urlsIn(body.content), urlsIn(asked.body)]).toEqual([right, right])
  expect(absolute.filter((url) => !page.includes(`href="${url}"`))).toEqual([])
  expect(absolute.filter((url) => !feed.includes(url.replaceAll('&', '&amp;')))).toEqual([])
})

it('feeds and the sitemap are XML, whatever the database holds', async () => {
  const bad = 'a\u0001\u000b\u001f\u007f\u0085\u2028\ufffe\uffff]]>&<b>\u202e\u200d👩'
  const { id } = await create({ title: 'Smuts', excerpt: 'Ingress' })
  const client = createClient({ url: server.environment.DATABASE_URL ?? '' })
  const node = root(stored(text(bad), link('javascript:alert(1)', text(bad))))
  await client.execute({
    sql: `UPDATE articles_locales SET title = ?, excerpt = ?, content = ? WHERE _parent_id = ?`,
    args: [bad, bad, JSON.stringify(node), id],
  })
  client.close()
  // Kept for a second; a save forgets it.
  await create({ title: 'Efter' })
  const faults: string[] = []
  for (const path of ['/sv/rss.xml', '/en/rss.xml', '/sitemap.xml']) {
    const parser = new SaxesParser({ xmlns: true })
    parser.on('error', ({ message }) => faults.push(`${path}: ${message}`))
    parser.write((await visit(path)).body).close()
  }
  const feed = (await visit('/sv/rss.xml')).body
  expect([faults, feed.includes('Smuts'), feed.includes('👩'), /javascript/.test(feed)]).toEqual([
    [],
    false,
    true,
    false,
  ])
})

it('a date to come is refused with its name and the remedy', async () => {
  const publishedAt = new Date(Date.now() + 3_600_000).toISOString()
  const refused = await rest('POST', '/articles', {
    title: 'Sedan',
    content: paragraph('Text.'),
    publishedAt,
    _status: 'published',
  })
  const [error] = refused.body.errors as { message: string; data: { errors: { path: string }[] } }[]
  expect([refused.status, error?.data.errors[0]?.path, error?.message]).toEqual([
    400,
    'publishedAt',
    expect.stringContaining('At a time'),
  ])
})
