import { describe, expect, it } from '@jest/globals'
import { PUBLIC_COLLECTIONS } from '../../src/public-api/publicFields.ts'
import { readPublicQuery, type PublicQuestion } from '../../src/public-api/publicQuery.ts'
import { configFor } from '../../src/config.ts'
import { readEnv } from '../../src/env.ts'
import { staffKindOf, staffQueryProblem } from '../../src/public-api/staffQuery.ts'

const FIELDS = PUBLIC_COLLECTIONS.articles ?? {}

const read = (query: Record<string, unknown>, question: PublicQuestion = 'list') =>
  readPublicQuery({ question, fields: FIELDS, query, idKind: 'number' })

/** The parameter that is named in the refusal; null for a query that is answered. */
const refused = (query: Record<string, unknown>, question?: PublicQuestion) => {
  const answer = read(query, question)
  return 'problem' in answer ? answer.problem.parameter : null
}

const where = (path: string, operator: string, value: unknown) => ({
  where: { [path]: { [operator]: value } },
})

describe('the query of somebody who is not staff', () => {
  it.each([
    ['limit', ['0', '-1', '101', '1e400', '1.5', '1e9', 'abc', '', ['5'], { a: '1' }, 'NaN', '9'.repeat(30)]],
    ['page', ['0', '-1', '9e18', '1.5', '', ['1'], '1'.repeat(16)]],
    ['depth', ['3', '-1', 'abc', '', ['1'], '1.0']],
    ['pagination', ['no', '', ['true'], '0']],
    ['locale', ['fr', '', ['sv'], '*', 'sv,en', 'SV']],
    ['fallback-locale', ['fr', '', ['sv']]],
    [
      'sort',
      [
        'owner',
        'relatedArticles',
        'authors.name',
        '_status',
        'title,x',
        '',
        { a: 'b' },
        '__proto__',
        'a,b,c,d',
      ],
    ],
    ['select', ['title', ['title'], '']],
    ['populate', ['authors', ['x']]],
    ['where', ['abc', '', '[]', '"x"', [], { or: 'x' }.or]],
  ])('is refused by the name of %s', (name, values) => {
    expect(values.map((value) => [value, refused({ [name]: value })])).toEqual(
      values.map((value) => [value, name]),
    )
  })

  it.each([
    'joins',
    'data',
    'flattenLocales',
    'autosave',
    'x',
    'Limit',
    'where ',
    'user',
    'constructor',
    'limit[]',
  ])('holds no %s', (name) => {
    expect(refused({ [name]: 'true' })).toBe(name)
  })

  it.each([
    [{ limit: '1' }],
    [{ locale: 'sv', depth: undefined }],
    [{ limit: '100', page: '3', depth: '2', sort: '-publishedAt,slug', locale: 'en' }],
    [{ select: { title: 'true', authors: 'true' }, populate: { authors: { name: 'true' } } }],
    [{ 'fallback-locale': 'none', locale: 'all', pagination: 'true' }],
    [where('topics.slug', 'in', 'a,b')],
    [where('topics__slug', 'equals', 'a')],
    [where('id', 'in', ['1', '2'])],
    [where('publishedAt', 'less_than', '2026-01-01T00:00:00.000Z')],
    [{ where: { or: [{ title: { like: 'ett ord' } }, { and: [{ slug: { exists: 'true' } }] }] } }],
  ])('is answered when it asks for public fields: %j', (query) => {
    expect(read(query)).toEqual({ query })
  })

  it('asks for no draft and no trash, whatever it says of them', () => {
    expect(read({ draft: 'true', trash: ['x'], limit: '2' })).toEqual({ query: { limit: '2' } })
  })

  const TOPIC = { 'topics.slug': { equals: 'frihet' } }
  const TITLE = { title: { like: 'frihet' } }
  const SLUG = { slug: { equals: 'frihet' } }
  it.each([
    ['-publishedAt,slug,id', SLUG],
    ['-publishedAt,slug,id', { or: [SLUG, SLUG] }],
    ['-publishedAt', { or: [TOPIC, TITLE] }],
  ])('is sorted by %s with %j', (sort, filter) => {
    expect(refused({ sort, where: filter })).toBe(null)
  })
  it.each([
    ['-publishedAt,slug,id,updatedAt', SLUG],
    ['-publishedAt,slug', TOPIC],
    ['-publishedAt,slug', { and: [SLUG, TITLE] }],
    ['-publishedAt,slug', { or: [TITLE, SLUG] }],
    ['-publishedAt,slug', { and: [{ and: [{ or: [TITLE, SLUG] }] }] }],
  ])('is not sorted by %s with %j: a search that sorts by much takes long', (sort, filter) => {
    expect(refused({ sort, where: filter })).toBe('sort')
  })

  it.each(['title', '-title', 'slug,title'])('does not sort all articles by %s', (sort) => {
    expect(refused({ sort })).toBe('sort')
  })

  it('gets a hundred for all', () => {
    expect(read({ pagination: 'false' })).toEqual({ query: { pagination: 'false', limit: '100' } })
  })

  it('reads a where that is written as JSON', () => {
    expect(read({ where: '{"slug":{"equals":"a"}}' })).toEqual({ query: where('slug', 'equals', 'a') })
  })

  const HIDDEN = [
    'owner',
    'owner.email',
    'newsletter.subject',
    'newsletter.topics',
    'relatedArticles',
    'relatedArticles.title',
    'relatedArticles__title',
    'relatedArticles.relatedArticles.title',
    'relatedArticles.id',
    'content',
    'content.root.type',
    'content.root.children.fields.doc.value',
    'heroImage.alt',
    'authors.portrait.alt',
    'topics.createdAt',
    'deletedAt',
    'generateSlug',
    'version.title',
    'title.en',
    'hasOwnProperty',
    '__proto__',
    'nothing',
  ]
  it.each(HIDDEN)('does not filter by %s, in no notation', (path) => {
    const name = `where[${path.replaceAll('__', '.')}]`
    const inner = { [path]: { like: 'x' } }
    const queries = [
      inner,
      { and: [inner] },
      { or: [{ title: { equals: 'a' } }, { and: [inner] }] },
      { [path]: { contains: { title: { like: 'x' } } } },
    ].map((each) => JSON.stringify(each))
    expect(queries.map((each) => refused({ where: each }))).toEqual(queries.map(() => name))
  })

  it.each([
    ['title', 'contains', { title: { like: 'x' } }],
    ['authors', 'contains', { name: { like: 'x' } }],
    ['authors', 'all', '1'],
    ['title', 'near', '1,2'],
    ['title', 'within', { type: 'Polygon' }],
    ['title', 'intersects', 'x'],
    ['title', 'like', 'en två tre fyra fem sex sju'],
    ['title', 'like', ''],
    ['title', 'like', '%'.repeat(201)],
    ['title', 'equals', 'a\u0000b'],
    ['title', 'equals', '\ud800'],
    ['title', 'equals', { x: '' }],
    ['id', 'equals', 'my-slug'],
    ['id', 'in', '1,x'],
    ['id', 'in', Array.from({ length: 101 }, (_, index) => String(index))],
    ['publishedAt', 'greater_than', 'zz'],
    ['publishedAt', 'like', '2026'],
    ['slug', 'exists', 'maybe'],
    ['topics', 'not_equals', '1'],
    ['topics', 'exists', 'true'],
    ['topics.slug', 'not_in', 'a'],
    ['authors.name', 'not_like', 'a'],
    ['slug', 'title', 'x'],
  ])('does not compare %s by %s with %j', (path, operator, value) => {
    expect(refused(where(path, operator, value))).toBe(`where[${path}][${operator}]`)
  })

  it('holds eight conditions and two searches', () => {
    const or = (count: number, condition: object) => ({
      where: { or: Array.from({ length: count }, () => condition) },
    })
    expect([
      refused(or(8, { slug: { equals: 'a' } })),
      refused(or(9, { slug: { equals: 'a' } })),
      refused(or(2, { title: { like: 'a' } })),
      refused(or(3, { title: { like: 'a' } })),
      refused(or(2, { 'topics.slug': { equals: 'a' } })),
      refused(or(3, { 'topics.slug': { equals: 'a' } })),
    ]).toEqual([null, 'where', null, 'where', null, 'where'])
  })

  it('counts its other conditions on title and excerpt as one search, and takes three of them', () => {
    const and = (...conditions: object[]) => ({ where: { and: conditions } })
    const texts = [{ title: { not_equals: 'a' } }, { excerpt: { in: ['a'] } }, { excerpt: { exists: true } }]
    const search = { title: { like: 'a' } }
    const topic = { 'topics.slug': { equals: 'a' } }
    expect([
      refused(and(...texts)),
      refused(and(...texts, ...texts)),
      refused(and(...texts, search)),
      refused(and(...texts, topic)),
      refused(and(...texts, topic, search)),
      refused(and({ slug: { not_equals: 'a' } }, topic, search)),
    ]).toEqual([null, 'where', null, null, 'where', null])
  })

  it.each<PublicQuestion>(['count', 'document', 'global'])('of kind %s takes no limit', (question) => {
    expect([refused({ limit: '1' }, question), refused({ locale: 'sv' }, question)]).toEqual(['limit', null])
  })
})

describe('the query of staff', () => {
  const refusedOfStaff = (query: Record<string, unknown>) =>
    staffQueryProblem({ query, kindOf: null, idKind: 'number', isList: true })?.parameter ?? null

  it.each([
    [{ joins: 'false' }],
    [{ joins: { mails: { limit: '10' } } }],
    [{ limit: '0', page: '1', depth: '1', draft: 'true', trash: 'true' }],
    [{ select: { title: 'true' }, sort: '-publishedAt', locale: 'all' }],
    [{ depth: undefined, limit: '' }],
  ])('is answered as the admin asks: %j', (query) => {
    expect(refusedOfStaff(query)).toBe(null)
  })

  it.each([
    ['joins', 'true'],
    ['limit', '1001'],
    ['depth', 'abc'],
    ['sort', '-'],
    ['select', 'title'],
    ['data', ''],
  ])('is refused by the name of %s', (name, value) => {
    expect(refusedOfStaff({ [name]: value })).toBe(name)
  })

  it.each<[string, Record<string, unknown>, string | null]>([
    ['payload-locked-documents', { where: { 'document.value': { equals: '1' } } }, null],
    ['payload-locked-documents', { where: { 'document.relationTo': { equals: 'articles' } } }, null],
    ['payload-locked-documents', { where: { document: { equals: '1' } } }, 'where[document]'],
    ['payload-locked-documents', { where: { 'user.value': { in: '1' } } }, 'where[user.value][in]'],
    [
      'payload-locked-documents',
      { where: { 'user.value': { equals: 'null' } } },
      'where[user.value][equals]',
    ],
    [
      'payload-locked-documents',
      { where: { 'user.value': { not_equals: '' } } },
      'where[user.value][not_equals]',
    ],
    ['articles', { sort: '-owner.name' }, null],
    ['articles', { sort: '-owner.hash' }, 'sort'],
    ['users', { sort: 'resetPasswordToken' }, 'sort'],
    ['users', { where: { hash: { exists: 'true' } } }, 'where[hash]'],
  ])(
    'of %s is one that both databases answer, and of no secret: %j',
    async (collection, query, parameter) => {
      const config = await configFor(
        readEnv({ DATABASE_URL: 'file:/nowhere/utskick.db', PAYLOAD_SECRET: 'a secret of the tests' }),
      )
      const kindOf = staffKindOf({ config, collection })
      const found = staffQueryProblem({ query, kindOf, idKind: 'number', isList: true })
      expect(found?.parameter ?? null).toBe(parameter)
    },
  )
})
