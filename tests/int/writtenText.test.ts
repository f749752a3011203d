import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createLocalReq } from 'payload'
import type { Article } from '../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { block, element, item, link, list, paragraph, root, text, upload } from '../unit/rich-text/stored.ts'

/** Rules of the text, not of a store: one database shows them. */
const [sqlite] = testDatabases()

let database: TestDatabase
let editor: Rest
let anonymous: Rest
beforeAll(async () => {
  if (!sqlite) throw new Error('There is no database.')
  database = await sqlite.open()
  editor = (await logInAs({ ...database, role: 'editor' })).rest
  anonymous = restAs(database)
})
afterAll(() => database.close())

interface Saved {
  status: number
  id: number
  content: unknown
  errors: unknown
}

let count = 0
async function save(content: object, more: object = {}): Promise<Saved> {
  count += 1
  const { status, body } = await editor(
    'POST',
    `/articles?locale=sv&depth=0${isDraft(more) ? '&draft=true' : ''}`,
    {
      title: `Artikel ${count}`,
      slug: `artikel-${count}`,
      content,
      newsletter: { send: false },
      _status: 'published',
      ...more,
    },
  )
  const doc = (body.doc ?? {}) as { id: number; content: unknown }
  return { status, id: doc.id, content: doc.content, errors: body.errors }
}
const isDraft = (more: object) => '_status' in more && more._status === 'draft'

/** What somebody without a login reads. */
const readAnonymously = async (id: number): Promise<Record<string, unknown>> =>
  (await anonymous('GET', `/articles/${id}?locale=sv&depth=0`)).body

/** As an older release, or a program that knows no rules, has left it. */
const store = (id: number, data: object) =>
  database.payload.db.updateOne({ collection: 'articles', id, data: inSwedish(data) })
const inSwedish = (data: object) =>
  Object.fromEntries(Object.entries(data).map(([field, value]) => [field, { sv: value as unknown }]))

const valuesOf = (value: unknown, key: string): unknown[] => {
  if (Array.isArray(value)) return value.flatMap((entry) => valuesOf(entry, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, entry]) => (name === key ? [entry] : valuesOf(entry, key)))
}

const WRITTEN = [
  'exempel.example/x?y=1',
  'hej@exempel.example',
  'tel:+46 8-123 45 67',
  'mailto:hej@exempel.example?subject=Hej på dig',
  'https://exempel.example/a b',
  '/sok?q=å&x=1',
  'https://exempel.example/a%2Fb',
]
const RIGHT = [
  'https://exempel.example/x?y=1',
  'mailto:hej@exempel.example',
  'tel:+468-1234567',
  'mailto:hej@exempel.example?subject=Hej%20på%20dig',
  'https://exempel.example/a%20b',
  '/sok?q=å&x=1',
  'https://exempel.example/a%2Fb',
]
const linked = (urls: string[]) =>
  root(...urls.map((url, index) => paragraph({ ...link(url, text(`länk ${index}`)), id: `a${index}` })))

describe('links', () => {
  it('are saved and answered as what they mean, and stay so', async () => {
    const { status, id } = await save(linked(WRITTEN))
    const first = valuesOf((await readAnonymously(id)).content, 'url')
    for (let time = 0; time < 3; time++) {
      const { content } = (await editor('GET', `/articles/${id}?locale=sv&depth=1`)).body
      await editor('PATCH', `/articles/${id}?locale=sv`, { content })
    }
    await editor('PATCH', `/articles/${id}?locale=sv`, { excerpt: 'Ingress' })
    const last = valuesOf((await readAnonymously(id)).content, 'url')
    expect({ status, first, last }).toEqual({ status: 201, first: RIGHT, last: RIGHT })
  })

  it('that were damaged are right for everybody, and again in the database after the next save', async () => {
    const { id } = await save(paragraphOf('Text'))
    const damaged = linked(WRITTEN.map((url) => encodeURIComponent(encodeURIComponent(url))))
    await store(id, { content: damaged })
    const read = valuesOf((await readAnonymously(id)).content, 'url')
    await editor('PATCH', `/articles/${id}?locale=sv`, { content: damaged })
    const stored = await database.payload.db.findOne({
      collection: 'articles',
      where: { id: { equals: id } },
    })
    expect({ read, stored: valuesOf(stored, 'url') }).toEqual({ read: RIGHT, stored: RIGHT })
  })

  it('that no reader may follow are refused, also in a draft, and named', async () => {
    const content = root(
      paragraph(text('Ett')),
      paragraph(link('java\tscript:alert(1)', text('vår '), text('rapport', 1))),
    )
    const answers = await Promise.all([save(content), save(content, { _status: 'draft' })])
    expect(answers.map(({ status, errors }) => ({ status, errors }))).toEqual(
      answers.map(() => ({
        status: 400,
        errors: [
          {
            code: 'link_unsafe',
            name: 'ValidationError',
            message: expect.stringContaining('The link “vår rapport” (paragraph 2)'),
            data: {
              collection: 'articles',
              errors: [
                {
                  label: 'The link “vår rapport” (paragraph 2)',
                  message:
                    'The link “vår rapport” (paragraph 2) leads to “java script:alert(1)”. Such addresses are not allowed: write one that begins with https://, http://, mailto:, tel: or sms:, or a path such as /contact.',
                  path: 'content',
                },
              ],
            },
          },
        ],
      })),
    )
  })

  it.each([
    ['in a list', root(list('bullet', [item([link('data:text/html,x', text('mer'))])])), 'list 1'],
    [
      'made by itself',
      root(paragraph({ ...link('vbscript:x', text('mer')), type: 'autolink' })),
      'paragraph 1',
    ],
    [
      'in a callout',
      root(block({ blockType: 'callout', content: root(paragraph(link('file:///x', text('mer')))) })),
      'callout 1',
    ],
    ['of a button', root(block({ blockType: 'button', label: 'mer', url: '%6Aavascript:x' })), 'button 1'],
    ['of an older editor', root(element('link', [text('mer')], { url: 'javascript:x' })), 'paragraph 1'],
    [
      'beside an article',
      root(
        paragraph(
          element('link', [text('mer')], {
            fields: { linkType: 'internal', doc: { relationTo: 'articles', value: 1 }, url: 'javascript:x' },
          }),
        ),
      ),
      'paragraph 1',
    ],
    [
      'of a node that nobody knows',
      root(paragraph({ type: 'video', version: 1, src: 'javascript:x' })),
      'paragraph 1',
    ],
    [
      'under a name that nobody knows',
      root({ type: 'video', version: 1, to: 'data:text/html,x' }),
      'paragraph 1',
    ],
    ['of a mere text', root(paragraph({ ...text('mer'), href: 'vbscript:x' })), 'paragraph 1'],
    ['of a picture', root(upload(1, { caption: 'mer', link: 'javascript:x' })), 'image 1'],
  ])('are refused %s', async (_, content, place) => {
    const { status, errors } = await save(content)
    expect({ status, errors: JSON.stringify(errors) }).toEqual({
      status: 400,
      errors: expect.stringContaining(place),
    })
  })

  it('are texts: what is none is left out of a draft, and named when it is published', async () => {
    const content = root(
      paragraph({ ...link('', text('mer')), fields: { linkType: 'custom', url: ['javascript:x'] } }),
      block({ blockType: 'button', label: 'Knapp', url: { a: 'exempel.se' }, id: 'b' }),
    )
    const draft = await save(content, { _status: 'draft' })
    const published = await save(content)
    const { id } = await save(paragraphOf('Text'))
    await store(id, { content })
    const read = (await readAnonymously(id)).content
    expect([draft.status, published.status, valuesOf(draft.content, 'url'), valuesOf(read, 'url')]).toEqual([
      201,
      400,
      ['', ''],
      ['', ''],
    ])
    expect(JSON.stringify(published.errors)).toContain('The link “mer” (paragraph 1) has no address.')
  })

  it('in a version that was stored before are harmless for staff, and once restored', async () => {
    const { id } = await save(paragraphOf('Text'))
    const { docs } = await database.payload.db.findVersions({
      collection: 'articles',
      where: { parent: { equals: id } },
    })
    const [version] = docs
    if (!version) throw new Error('There is no version.')
    const content = root(paragraph(link('javascript:x', text('mer\u0002')), { ...text('a'), src: 'data:x' }))
    await database.payload.db.updateVersion({
      collection: 'articles',
      id: version.id,
      versionData: { ...version, version: { ...version.version, ...inSwedish({ content, title: DIRTY }) } },
    })
    const listed = await editor('GET', `/articles/versions?where[parent][equals]=${id}&locale=sv`)
    const restored = await editor('POST', `/articles/versions/${version.id}?locale=sv`)
    const read = await readAnonymously(id)
    const given = [listed.body, restored.body, read].map((answer) => JSON.stringify(answer))
    expect(given.map((answer) => [answer.includes('mer'), /javascript|data:x|\\u000/.test(answer)])).toEqual(
      given.map(() => [true, false]),
    )
    expect(read.title).toBe(LINE)
  })

  it('that were stored before and that no reader may follow leave only their text', async () => {
    const { id } = await save(paragraphOf('Text'))
    const unsafe = [
      'javascript:alert(1)',
      'javascript%253Aalert(1)',
      ' data:text/html,x',
      '&#106;avascript:x',
    ]
    await store(id, {
      content: root(
        ...unsafe.map((url) => paragraph(text('a '), link(url, text('länken')), text(' b'))),
        block({ blockType: 'button', label: 'Knapp', url: 'javascript:x', id: 'b' }),
        block({ blockType: 'callout', tone: 'note', content: root(paragraph(link('file:///x', text('c')))) }),
      ),
    })
    const answers = await Promise.all([
      readAnonymously(id),
      editor('GET', `/articles/${id}?locale=all&depth=1`),
      editor('GET', `/articles/${id}?draft=true&locale=sv`),
      editor('GET', `/articles?where[id][equals]=${id}&locale=sv`),
    ])
    const given = JSON.stringify(answers)
    expect(given).not.toMatch(/javascript|vascript|data:text|file:/)
    expect(given).toContain('länken')
  })

  it('that lead nowhere may stand in a draft, and are named when it is published', async () => {
    const content = root(
      paragraph(link('https://', text('läs mer'))),
      element('heading', [link('läs här', text('här'))], { tag: 'h2' }),
      block({ blockType: 'button', label: 'Anmäl dig', url: 'anmäl dig här', id: 'b' }),
      upload(undefined),
    )
    const draft = await save(content, { _status: 'draft' })
    const { status, body } = await editor('PATCH', `/articles/${draft.id}?locale=sv`, {
      _status: 'published',
    })
    const [error] = body.errors as { data: { errors: { message: string; path: string }[] } }[]
    expect([
      draft.status,
      status,
      error?.data.errors.find(({ path }) => path === 'content')?.message,
    ]).toEqual([
      201,
      400,
      [
        'The link “läs mer” (paragraph 1) leads to “https://”, which is no address. Write for example https://example.com, name@example.com or /contact.',
        'The link “här” (heading 1) leads to “läs här”, which is no address. Write for example https://example.com, name@example.com or /contact.',
        'The button “Anmäl dig” (button 1) leads to “anmäl dig här”, which is no address. Write for example https://example.com, name@example.com or /contact.',
        'Image 1 is not uploaded. Upload it again, or remove it from the text.',
      ].join(' '),
    ])
  })

  it('of a button stay as they are typed until the text is published', async () => {
    const button = root(block({ blockType: 'button', label: 'Mer', url: 'exempel.se', id: 'b' }))
    const draft = await save(button, { _status: 'draft' })
    await editor('PATCH', `/articles/${draft.id}?locale=sv`, { _status: 'published' })
    const published = await readAnonymously(draft.id)
    expect([draft.content, published.content].map((content) => valuesOf(content, 'url'))).toEqual([
      ['exempel.se'],
      ['https://exempel.se'],
    ])
  })
})

it('a block whose field is missing is named with its field, in the language of the request', async () => {
  const { status, errors } = await save(
    root(paragraph(text('a')), block({ blockType: 'button', url: '/a', id: 'b' })),
  )
  expect({ status, errors: JSON.stringify(errors) }).toEqual({
    status: 400,
    errors: expect.stringContaining('Button 1: Text on the button: This field is required.'),
  })
})

it('a picture that was never uploaded stands in no published text, and the answer counts it', async () => {
  const pending = { ...upload(undefined), pending: { formID: 'a', src: 'data:image/png;base64,AAAA' } }
  const draft = await save(root(paragraph(text('a')), pending), { _status: 'draft' })
  const published = await editor('PATCH', `/articles/${draft.id}?locale=sv`, { _status: 'published' })
  const read = await readAnonymously(draft.id)
  const req = await createLocalReq({}, database.payload)
  await database.payload.update({
    collection: 'articles',
    id: draft.id,
    locale: 'sv',
    data: { content: root(pending, paragraph(text('a')), pending) as Article['content'] },
    req,
  })
  expect(req.responseHeaders?.get('X-Images-Left-Out')).toBe('2')
  expect([
    draft.status,
    published.status,
    valuesOf(draft.content, 'src'),
    JSON.stringify(read).includes('upload'),
  ]).toEqual([201, 200, [''], false])
})

const DIRTY = 'Rad ett\vrad två\u2028tre\u0002 \b\ufffe\u0000slut'
const LINE = 'Rad ett rad två tre slut'

describe('forbidden characters', () => {
  it('are saved in no field', async () => {
    const { id, content } = await save(
      root(paragraph(text(DIRTY)), block({ blockType: 'code', code: 'a\vb\u0000', id: 'c' })),
      {
        title: `${DIRTY}\ud800`,
        excerpt: DIRTY,
        newsletter: { send: false, subject: DIRTY, preheader: DIRTY },
      },
    )
    const { body } = await editor('GET', `/articles/${id}?locale=sv&depth=0`)
    expect({
      title: body.title,
      excerpt: body.excerpt,
      newsletter: body.newsletter,
      texts: valuesOf(content, 'text'),
      code: valuesOf(content, 'code'),
      types: valuesOf(content, 'type').filter((type) => type === 'linebreak'),
    }).toEqual({
      title: LINE,
      excerpt: 'Rad ett\nrad två\ntre slut',
      newsletter: expect.objectContaining({ subject: LINE }),
      texts: ['Rad ett', 'rad två', 'tre slut'],
      code: ['a\nb'],
      types: ['linebreak', 'linebreak'],
    })
  })

  it('that were stored before are handed out by no answer, in no collection', async () => {
    const { id } = await save(paragraphOf('Text'))
    await store(id, { title: DIRTY, excerpt: DIRTY, content: root(paragraph(text(DIRTY))) })
    const author = await database.payload.create({
      collection: 'authors',
      data: { name: 'Sanna', slug: 'sanna', bio: 'Text' },
    })
    await database.payload.db.updateOne({
      collection: 'authors',
      id: author.id,
      data: inSwedish({ bio: DIRTY }),
    })
    const read = await readAnonymously(id)
    const all = (await editor('GET', `/articles/${id}?locale=all`)).body
    const readAuthor = (await anonymous('GET', `/authors/${author.id}?locale=sv`)).body
    expect([read.title, all.title, read.excerpt, valuesOf(read.content, 'text'), readAuthor.bio]).toEqual([
      LINE,
      { sv: LINE },
      'Rad ett\nrad två\ntre slut',
      ['Rad ett', 'rad två', 'tre slut'],
      'Rad ett\nrad två\ntre slut',
    ])
  })

  it.each([' ', '\u200b', '\u00a0\u3164\u2800', '\u0002\ud800'])(
    'and spaces alone (%j) are no title of a published article',
    async (title) => {
      const { status, errors } = await save(paragraphOf('Text'), { title })
      expect([status, JSON.stringify(errors)]).toEqual([400, expect.stringContaining('"path":"title"')])
    },
  )

  it('leave alone what an update does not name', async () => {
    const { id } = await save(paragraphOf('Text'), { title: 'Svensk rubrik' })
    await editor('PATCH', `/articles/${id}?locale=en`, { excerpt: 'In English' })
    const { title } = (await editor('GET', `/articles/${id}?locale=all`)).body
    expect(title).toEqual({ sv: 'Svensk rubrik' })
  })
})

const paragraphOf = (value: string) => root(paragraph(text(value)))
