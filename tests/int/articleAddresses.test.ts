import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { configToSchema } from '@payloadcms/graphql'
import { isInputObjectType, isNonNullType } from 'graphql'
import type { Payload } from 'payload'
import { currentSlugOf } from '../../src/slugs/formerSlugs.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { paragraph, updateArticle } from '../support/siteContent.ts'

describe.each(testDatabases())('on $name, the address of an article', ({ open }) => {
  let database: TestDatabase
  let payload: Payload
  let rest: Rest
  beforeAll(async () => {
    database = await open()
    payload = database.payload
    rest = (await logInAs({ payload, key: database.key, role: 'editor' })).rest
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    await payload.delete({ collection: 'articles', where: {}, trash: true })
  })

  const publish = (data: Record<string, unknown>) =>
    rest('POST', '/articles?depth=0', {
      content: paragraph('Text.'),
      _status: 'published',
      newsletter: { send: false },
      ...data,
    })
  const docOf = (answer: Awaited<ReturnType<typeof publish>>) =>
    answer.body.doc as { id: string | number; slug: string; publishedAt: string }
  const where = (slug: string) => currentSlugOf({ payload, slug })

  it('is made from any title, also a second time and by many at once', async () => {
    const titles = [
      'Smørrebrød',
      'Glad 😀 sommar 🇸🇪👍🏽',
      'Привет, мир',
      'Samma rubrik',
      'Samma rubrik',
      'Samma rubrik!',
    ]
    const slugs = []
    for (const title of titles) slugs.push(docOf(await publish({ title })).slug)
    expect(slugs).toEqual([
      'smorrebrod',
      'glad-sommar',
      'privet-mir',
      'samma-rubrik',
      'samma-rubrik-2',
      'samma-rubrik-3',
    ])
    const others = []
    for (const title of ['हिन्दी', 'ไทย', '日本語', 'مرحبا', 'ord '.repeat(125)])
      others.push(docOf(await publish({ title })).slug)
    expect(others).toEqual(['hindi', 'aithy', 'ribenyu', 'mrhb', 'ord-'.repeat(24).slice(0, -1)])
    // Nothing to spell: the day, with a number from the second on.
    for (const title of ['???', '😀', '👩‍👩‍👧🇸🇪', '❤️‍🔥'])
      expect(docOf(await publish({ title })).slug).toMatch(/^\d{4}-\d{2}-\d{2}(-\d)?$/)
    const many = await Promise.all(Array.from({ length: 8 }, () => publish({ title: 'På en gång' })))
    expect(many.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
    expect(new Set(many.map((answer) => docOf(answer).slug)).size).toBe(8)
  })

  it('is demanded by GraphQL no more than by REST, and no other field that the server fills in', async () => {
    const { schema } = configToSchema(payload.config)
    const demanded = (name: string) => {
      const input = schema.getType(`mutation${name}Input`)
      return isInputObjectType(input)
        ? Object.values(input.getFields()).flatMap(({ name: field, type }) =>
            isNonNullType(type) ? [field] : [],
          )
        : null
    }
    const names = ['Article', 'Author', 'Topic', 'Subscriber', 'User', 'Media']
    expect(Object.fromEntries(names.map((name) => [name, demanded(name)]))).toEqual({
      Article: [],
      Author: ['name'],
      Topic: [],
      Subscriber: ['email'],
      User: ['name', 'password'],
      Media: [],
    })
  })

  it('is refused when somebody writes one that is taken, with one that is free', async () => {
    await publish({ title: 'Frihet' })
    const { status, body } = await publish({ title: 'Annat', slug: 'frihet' })
    expect([status, body.errors]).toEqual([
      400,
      [
        {
          code: 'slug_taken',
          name: 'ValidationError',
          message: 'The slug “frihet” belongs to “Frihet”. Use “frihet-2”, say.',
          data: {
            collection: 'articles',
            errors: [
              {
                path: 'slug',
                label: 'Slug',
                message: 'The slug “frihet” belongs to “Frihet”. Use “frihet-2”, say.',
              },
            ],
          },
        },
      ],
    ])
  })

  it('leads on after it was corrected, twice, and belongs to its article alone', async () => {
    const { id } = docOf(await publish({ title: 'Ett' }))
    await updateArticle({
      payload,
      id: Number(id) || (id as number),
      data: { slug: 'tva', _status: 'published' },
    })
    await rest('PATCH', `/articles/${id}`, { slug: 'tre' })
    expect([await where('ett'), await where('tva'), await where('Ett.'), await where('fyra')]).toEqual([
      'tre',
      'tre',
      'tre',
      null,
    ])
    expect((await publish({ title: 'Nytt', slug: 'ett' })).status).toBe(400)
    expect(docOf(await publish({ title: 'Ett' })).slug).toBe('ett-2')
    expect((await rest('PATCH', `/articles/${id}`, { slug: 'ett' })).status).toBe(200)
    await rest('PATCH', `/articles/${id}`, { _status: 'draft' })
    expect(await where('tva')).toBe(null)
  })

  it('is kept for nobody while it was a draft only', async () => {
    const { body } = await rest('POST', '/articles?draft=true', { title: 'Utkast', slug: 'utkast-a' })
    const { id } = body.doc as { id: string | number }
    await rest('PATCH', `/articles/${id}?draft=true`, { slug: 'utkast-b' })
    await rest('PATCH', `/articles/${id}`, {
      slug: 'utkast-c',
      content: paragraph('Text.'),
      newsletter: { send: false },
      _status: 'published',
    })
    expect([await where('utkast-a'), await where('utkast-b')]).toEqual([null, null])
  })

  it('and its copy has its own', async () => {
    const { id } = docOf(await publish({ title: 'Original' }))
    const copies = [
      await rest('POST', `/articles/${id}/duplicate`),
      await rest('POST', `/articles/${id}/duplicate`),
    ]
    expect(copies.map((copy) => [copy.status, docOf(copy).slug])).toEqual([
      [200, 'original-2'],
      [200, 'original-3'],
    ])
  })

  it('needs a date that has come; a draft may have any', async () => {
    const publishedAt = new Date(Date.now() + 3_600_000).toISOString()
    const refused = await publish({ title: 'Sedan', publishedAt })
    const [error] = refused.body.errors as { message: string; data: { errors: { path: string }[] } }[]
    expect([refused.status, error?.data.errors[0]?.path, error?.message]).toEqual([
      400,
      'publishedAt',
      expect.stringContaining('At a time'),
    ])
    const draft = await rest('POST', '/articles?draft=true', {
      title: 'Sedan',
      content: paragraph('Text.'),
      publishedAt,
    })
    const { id } = draft.body.doc as { id: string | number }
    const ways = [
      `/articles/${id}`,
      `/articles/${id}?draft=true`,
      `/articles/${id}?draft=true&autosave=true`,
      `/articles/${id}?publishSpecificLocale=sv`,
      `/articles/${id}?publishAllLocales=true`,
      `/articles?where[id][equals]=${id}`,
    ]
    const answers = []
    for (const way of ways) answers.push((await rest('PATCH', way, { _status: 'published' })).status)
    const copy = await rest('POST', `/articles/${id}/duplicate?draft=false`, { _status: 'published' })
    const hidden = await payload.findByID({ collection: 'articles', id, depth: 0 })
    expect([draft.status, answers, copy.body.doc ?? null, hidden._status]).toEqual([
      201,
      ways.map(() => 400),
      null,
      'draft',
    ])
  })

  it('needs a date that is one', async () => {
    const time = Date.UTC(2026, 0, 2)
    const list = await publish({ title: 'Lista', publishedAt: ['2026-01-02T00:00:00.000Z'] })
    const number = await publish({ title: 'Tal', publishedAt: time })
    expect([list.status, number.status, docOf(number).publishedAt]).toEqual([
      400,
      201,
      '2026-01-02T00:00:00.000Z',
    ])
  })

  it('is its own again by way of an older version, the bulk edit and the trash', async () => {
    const { id } = docOf(await publish({ title: 'Gran' }))
    await rest('PATCH', `/articles/${id}`, { slug: 'tall' })
    await rest('PATCH', `/articles?where[id][equals]=${id}`, { slug: 'ask' })
    const { body } = await rest(
      'GET',
      `/articles/versions?where[parent][equals]=${id}&sort=updatedAt&depth=0`,
    )
    const [oldest] = body.docs as { id: string | number; version: { slug: string } }[]
    await rest('POST', `/articles/versions/${oldest?.id}`)
    expect([await where('tall'), await where('ask'), await where('gran')]).toEqual(['gran', 'gran', 'gran'])
    await rest('PATCH', `/articles/${id}`, { deletedAt: new Date().toISOString() })
    const inTrash = await where('tall')
    await rest('PATCH', `/articles/${id}?trash=true`, { deletedAt: null })
    expect([inTrash, await where('tall')]).toEqual([null, 'gran'])
    await rest('DELETE', `/articles/${id}`)
    expect([await where('tall'), docOf(await publish({ title: 'Ny', slug: 'tall' })).slug]).toEqual([
      null,
      'tall',
    ])
  })

  it('of an author is named with the author when somebody else wants it', async () => {
    await rest('POST', '/authors', { name: 'Sanna Ek', title: 'Konsult' })
    const { body } = await rest('POST', '/authors', { name: 'Sanna Ek', slug: 'sanna-ek' })
    expect(JSON.stringify(body.errors)).toContain('The slug “sanna-ek” belongs to “Sanna Ek”.')
  })

  it('a draft that nobody has written in is not listed in the admin', async () => {
    const blank = await rest('POST', '/articles?draft=true', {})
    const other = await rest('POST', '/articles?draft=true', {})
    const { id } = blank.body.doc as { id: string | number }
    expect([blank.status, other.status]).toEqual([201, 201])
    await rest('PATCH', `/articles/${id}?draft=true&autosave=true`, { title: 'Ord' })
    const { body } = await rest('GET', '/articles?draft=true&where[isBlank][not_equals]=true')
    expect((body.docs as { id: unknown }[]).map((doc) => doc.id)).toEqual([id])
  })
})
