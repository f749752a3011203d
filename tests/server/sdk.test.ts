import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PayloadSDK } from 'payload-sdk'
import type { Config } from '../../src/payload-types.ts'
import { registerEditor } from '../support/http.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

let server: RunningServer
let sdk: PayloadSDK<Config>
let first: number

beforeAll(async () => {
  server = await startServer({ WORKER: 'off' })
  sdk = new PayloadSDK<Config>({ baseURL: `${server.baseUrl}/api` })
  const { rest } = await registerEditor(server.baseUrl)
  const made = async (path: string, data: object) => {
    const { status, body } = await rest('POST', path, data)
    if (status >= 300) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`)
    return (body.doc as { id: number }).id
  }
  const topic = await made('/topics', { name: 'Frihet', slug: 'frihet' })
  const article = (title: string, publishedAt: string) =>
    made('/articles', {
      title,
      publishedAt,
      content: paragraph(title),
      topics: [topic],
      newsletter: { send: false },
      _status: 'published',
    })
  first = await article('Om frihet', '2026-01-01T08:00:00.000Z')
  await article('Om ansvar', '2026-02-01T08:00:00.000Z')
  await rest('PATCH', `/articles/${first}?locale=en`, {
    title: 'On freedom',
    content: paragraph('On freedom'),
  })
  await made('/articles?draft=true', { title: 'Hemligt', content: paragraph('x'), _status: 'draft' })
})
afterAll(() => server?.stop())

describe('Payload’s own client, for somebody without a login', () => {
  it('finds by a filter, in an order, in a locale, as many as are asked for, with the fields asked for', async () => {
    const { docs, totalDocs } = await sdk.find({
      collection: 'articles',
      where: { and: [{ 'topics.slug': { in: ['frihet'] } }, { slug: { not_equals: 'x' } }] },
      sort: '-publishedAt',
      select: { title: true, slug: true },
      locale: 'en',
      limit: 1,
      page: 2,
      depth: 0,
    })
    expect({ docs, totalDocs }).toEqual({
      docs: [{ id: first, title: 'On freedom', slug: 'om-frihet' }],
      totalDocs: 2,
    })
  })

  it('finds by id, with what is related', async () => {
    const { title, topics } = await sdk.findByID({
      collection: 'articles',
      id: first,
      select: { title: true, topics: true },
      populate: { topics: { slug: true } },
      depth: 1,
      locale: 'sv',
      fallbackLocale: 'sv',
    })
    expect({ title, topics }).toEqual({
      title: 'Om frihet',
      topics: [{ id: expect.any(Number), slug: 'frihet' }],
    })
  })

  it('counts', async () => {
    expect(await sdk.count({ collection: 'articles', where: { title: { like: 'om' } } })).toEqual({
      totalDocs: 2,
    })
  })

  it('finds no draft, whatever it asks', async () => {
    const { docs } = await sdk.find({
      collection: 'articles',
      draft: true,
      select: { slug: true },
      sort: 'slug',
    })
    expect(docs.map(({ slug }) => slug)).toEqual(['om-ansvar', 'om-frihet'])
  })

  it.each([
    [{ limit: 0 }, 'limit: a whole number from 1 to 100.'],
    [{ depth: 5 }, 'depth: a whole number from 0 to 2.'],
    [{ sort: 'owner' }, 'sort: “owner” is not a field to sort by.'],
    [{ where: { 'owner.email': { like: 'a' } } }, 'where[owner.email]: that is no field to filter by.'],
  ])('is told what is wrong with %j', async (query, message) => {
    await expect(sdk.find({ collection: 'articles', ...query })).rejects.toThrow(message)
  })
})
