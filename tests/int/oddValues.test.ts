import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { FlattenedField, Payload } from 'payload'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createArticle, createSubscriber, createTopic } from '../support/siteContent.ts'

/** What a script or a broken client may put in the place of any value. */
const ODD: unknown[] = [
  null,
  {},
  [],
  [null],
  [{}],
  [[]],
  1,
  true,
  'x',
  { id: {} },
  { root: {} },
  '2026-13-45',
]

describe.each(testDatabases())('values of another kind ($name)', ({ name, open }) => {
  let database: TestDatabase
  let admin: Rest
  let payload: Payload
  let ids: Record<string, string | number>
  beforeAll(async () => {
    database = await open()
    payload = database.payload
    const login = await logInAs({ ...database, role: 'admin' })
    admin = login.rest
    const other = await payload.create({
      collection: 'users',
      data: {
        email: 'other@example.com',
        password: 'a password of the tests',
        name: 'Other',
        role: 'author',
      },
    })
    ids = { users: other.id, ...(await oneOfEach(payload)) }
  })
  afterAll(() => database.close())

  it.each(['articles', 'authors', 'topics', 'subscribers', 'users'] as const)(
    '%s: each is taken or refused with a message, and never fails',
    async (slug) => {
      const { flattenedFields } = payload.collections[slug].config
      const failed: string[] = []
      for (const data of oddDocuments(flattenedFields, name === 'SQLite' ? ODD : SOME)) {
        const { status, body } = await admin('PATCH', `/${slug}/${ids[slug]}?locale=sv&draft=true`, data)
        if (![200, 400, 403, 404, 409].includes(status))
          failed.push(`${status} for ${JSON.stringify(data)}: ${JSON.stringify(body)}`)
      }
      expect(failed).toEqual([])
    },
  )

  it('the site: likewise', async () => {
    const { flattenedFields = [] } = payload.globals.config.find(({ slug }) => slug === 'site') ?? {}
    const failed: string[] = []
    for (const data of oddDocuments(flattenedFields, name === 'SQLite' ? ODD : SOME)) {
      const { status, body } = await admin('POST', '/globals/site?locale=sv', data)
      if (![200, 400].includes(status))
        failed.push(`${status} for ${JSON.stringify(data)}: ${JSON.stringify(body)}`)
    }
    expect(failed).toEqual([])
  })

  it.each<[what: string, data: object, path: string, message: string]>([
    [
      'a group that is null',
      { newsletter: null },
      'newsletter',
      'Newsletter: must be an object with fields.',
    ],
    ['a text that is an object', { title: { a: 1 } }, 'title', 'Title: must be text.'],
    [
      'a node of the text that is null',
      { content: { root: { type: 'root', children: [null] } } },
      'content',
      'Content: must be a text of the editor: an object with root, children and type.',
    ],
    [
      'a block of the text without its fields',
      { content: { root: { type: 'root', children: [{ type: 'block', version: 2 }] } } },
      'content',
      'Content: must be a text of the editor: an object with root, children and type.',
    ],
    [
      'a time that is none',
      { publishedAt: 'soon' },
      'publishedAt',
      'Published: must be a time, for example 2026-11-30T16:55:00Z.',
    ],
    ['one document where several stand', { authors: 7 }, 'authors', 'Authors: must be a list of ids.'],
    ['a list where one document stands', { heroImage: [] }, 'heroImage', 'Lead image: must be an id.'],
    [
      'a field of a group',
      { newsletter: { subject: [] } },
      'newsletter.subject',
      'Newsletter > Subject: must be text.',
    ],
  ])('%s is refused by the name of the field', async (_, data, path, message) => {
    const { status, body } = await admin('PATCH', `/articles/${ids.articles}?locale=sv&draft=true`, data)
    expect([status, body.errors]).toEqual([
      400,
      [
        {
          code: 'wrong_type',
          message,
          name: 'ValidationError',
          data: expect.objectContaining({
            collection: 'articles',
            errors: [expect.objectContaining({ path, message })],
          }),
        },
      ],
    ])
  })

  it('somebody without a login is told by access alone, whatever they send', async () => {
    const anonymous = restAs(database)
    const { status, body } = await anonymous('POST', '/subscribers', { email: [] })
    expect([status, JSON.stringify(body)]).toEqual([
      403,
      expect.not.stringMatching(/wrong_type|E-post|E-mail/),
    ])
  })

  it.each<[what: string, data: object]>([
    ['a list for one document', { heroImage: ['507f1f77bcf86cd799439011'] }],
    ['nothing within a list', { authors: ['none'] }],
    ['what cannot be made a text', { heroImage: { toString: 1, valueOf: 1 } }],
  ])('a relation that is %s is refused', async (_, data) => {
    const { status, body } = await admin('PATCH', `/articles/${ids.articles}?locale=sv&draft=true`, data)
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ code: 'wrong_type' })]])
  })

  it('what an answer shows with its documents can be sent back', async () => {
    const { body } = await admin('GET', `/articles/${ids.articles}?locale=sv&depth=2&draft=true`)
    const { status } = await admin('PATCH', `/articles/${ids.articles}?locale=sv&draft=true`, body)
    expect(status).toBe(200)
    const all = await admin('GET', `/articles/${ids.articles}?locale=all&depth=0&draft=true`)
    const again = await admin('PATCH', `/articles/${ids.articles}?locale=all&draft=true`, all.body)
    expect(again.status).toBe(200)
  })
})

/** MongoDB fails on other kinds of values than SQLite, and on fewer. */
const SOME = [null, {}, [null], 1, 'x']

async function oneOfEach(payload: Payload): Promise<Record<string, string | number>> {
  const { id: authors } = await payload.create({
    collection: 'authors',
    data: { name: 'Anna', slug: 'anna' },
  })
  const { id: topics } = await createTopic(payload, { name: 'Ledarskap', slug: 'ledarskap' })
  const { id: subscribers } = await createSubscriber(payload)
  const { id: articles } = await createArticle(payload, { topics: [topics] })
  return { articles, authors, topics, subscribers }
}

/** Each field once with each odd value, also those in groups and in rows. */
function oddDocuments(fields: FlattenedField[], odd: unknown[]): object[] {
  return fields.flatMap((field) => {
    const here = odd.map((value) => ({ [field.name]: value }))
    if (!('flattenedFields' in field)) return here
    const within = oddDocuments(field.flattenedFields, odd).map((row) => ({
      [field.name]: field.type === 'array' ? [row] : row,
    }))
    return [...here, ...within]
  })
}
