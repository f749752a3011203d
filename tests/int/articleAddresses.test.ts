import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
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
    const titles = ['Smørrebrød', '🎉🎉🎉', 'Привет, мир', 'Samma rubrik', 'Samma rubrik', 'Samma rubrik!']
    const slugs = []
    for (const title of titles) slugs.push(docOf(await publish({ title })).slug)
    expect(slugs).toEqual([
      'smorrebrod',
      'tada-tada-tada',
      'privet-mir',
      'samma-rubrik',
      'samma-rubrik-2',
      'samma-rubrik-3',
    ])
    const punctuation = await publish({ title: '???' })
    expect(docOf(punctuation).slug).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    const many = await Promise.all(Array.from({ length: 8 }, () => publish({ title: 'På en gång' })))
    expect(many.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201))
    expect(new Set(many.map((answer) => docOf(answer).slug)).size).toBe(8)
  })

  it('is refused when somebody writes one that is taken, with one that is free', async () => {
    await publish({ title: 'Frihet' })
    const { status, body } = await publish({ title: 'Annat', slug: 'frihet' })
    expect([status, body.errors]).toEqual([
      400,
      [
        {
          name: 'ValidationError',
          message: 'The slug “frihet” belongs to “Frihet”. Use “frihet-2”, say.',
          data: {
            collection: 'articles',
            errors: [
              { path: 'slug', message: 'The slug “frihet” belongs to “Frihet”. Use “frihet-2”, say.' },
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
      expect.stringContaining('Schedule Publish'),
    ])
    const draft = await rest('POST', '/articles?draft=true', { title: 'Sedan', publishedAt })
    const { id } = draft.body.doc as { id: string | number }
    expect([draft.status, (await rest('PATCH', `/articles/${id}`, { _status: 'published' })).status]).toEqual(
      [201, 400],
    )
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
