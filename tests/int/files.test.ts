import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { handleEndpoints, type Payload } from 'payload'
import type { Article } from '../../src/payload-types.ts'
import { readTexts } from '../../src/adapters/preflight/readTexts.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { pdfFile } from '../support/pdfFile.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'

const NAME = /^arsredovisning-2025-[A-Za-z0-9_-]{22}\.pdf$/

describe.each(testDatabases())('files on $name', ({ open }) => {
  let database: TestDatabase
  let payload: Payload
  let stranger: Rest
  let author: Rest
  let editor: Rest
  let token: string
  beforeAll(async () => {
    database = await open()
    payload = database.payload
    const { key } = database
    await logInAs({ payload, key, role: 'admin' })
    const asAuthor = await logInAs({ payload, key, role: 'author' })
    author = asAuthor.rest
    token = asAuthor.token
    editor = (await logInAs({ payload, key, role: 'editor' })).rest
    stranger = restAs({ payload, key })
    await payload.updateGlobal({
      slug: 'site',
      data: {
        name: 'Sajten',
        senderName: 'Sajten',
        senderEmail: 'brev@example.com',
        postalAddress: 'Gatan 1',
      },
    })
    await payload.create({
      collection: 'subscribers',
      data: { email: 'anna@example.com', status: 'active', consentSource: 'papper', locale: 'sv' },
    })
  })
  afterAll(() => database.close())

  const ask = (path: string, init: RequestInit = {}) =>
    handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`${payload.config.serverURL}/api${path}`, init),
    })
  /** As an author's browser sends it. */
  const send = async ({
    data = pdfFile(),
    name = 'Årsredovisning 2025.pdf',
    type = 'application/pdf',
    fields = {},
    method = 'POST',
    path = '/files',
    language = 'sv',
  }: {
    data?: Buffer
    name?: string
    type?: string
    fields?: object
    method?: string
    path?: string
    language?: string
  } = {}) => {
    const form = new FormData()
    form.set('_payload', JSON.stringify(fields))
    form.set('file', new File([new Uint8Array(data)], name, { type }))
    const response = await ask(`${path}?depth=0`, {
      method,
      headers: { Authorization: `JWT ${token}`, 'Accept-Language': language },
      body: form,
    })
    const body = (await response.json()) as { doc: Uploaded; errors?: { message: string }[] }
    return { status: response.status, doc: body.doc, message: body.errors?.[0]?.message }
  }
  interface Uploaded {
    id: string | number
    filename: string
    title: string
    filesize: number
    url: string
  }
  const urlOf = ({ filename }: Uploaded) => `${payload.config.serverURL}/api/files/file/${filename}`
  const write = async (
    fields: object,
    { data = {}, as = editor }: { data?: object; as?: Rest } = {},
  ): Promise<{ status: number; doc: Article; message: string | undefined }> => {
    const { status, body } = await as('POST', '/articles?locale=sv&depth=0', {
      title: `Artikel ${Math.random()}`,
      content: textWith({ blockType: 'file', ...fields }),
      _status: 'published',
      newsletter: { send: false },
      ...data,
    })
    const { doc, errors } = body as { doc: Article; errors?: { data?: { errors?: { message: string }[] } }[] }
    return { status, doc, message: errors?.[0]?.data?.errors?.[0]?.message }
  }

  it('of an author get a name that nobody can guess, and the title that the file had', async () => {
    const first = await send()
    const second = await send({
      fields: { title: ' Året ', filename: 'x.pdf', url: 'https://example.com/x.pdf' },
    })
    expect([first.status, first.doc.title, second.status, second.doc.title]).toEqual([
      201,
      'Årsredovisning 2025',
      201,
      'Året',
    ])
    expect([first.doc.filename, second.doc.filename]).toEqual([
      expect.stringMatching(NAME),
      expect.stringMatching(NAME),
    ])
    expect(first.doc.filename).not.toBe(second.doc.filename)
    expect(existsSync(join(database.env.dataDir, 'files', first.doc.filename))).toBe(true)
  })

  it.each([
    ['no PDF', { data: Buffer.from('<html>%PDF-1.4 %%EOF') }, 400, 'Filen är ingen PDF.'],
    ['cut off', { data: pdfFile().subarray(0, 60) }, 400, 'PDF-filen är skadad eller avbruten.'],
    ['too large', { data: Buffer.alloc(20 * 1024 * 1024 + 1, '%PDF-') }, 413, 'högst 20 MB'],
    ['no PDF, in English', { data: Buffer.from('MZ'), language: 'en' }, 400, 'The file is no PDF.'],
  ])('are refused by their bytes: one that is %s', async (_, file, status, message) => {
    const answer = await send(file)
    expect([answer.status, answer.message]).toEqual([status, expect.stringContaining(message)])
  })

  it('are PDF by their bytes, whatever the browser calls them', async () => {
    const { status, doc } = await send({ name: 'odd.exe', type: 'text/html' })
    const response = await ask(`/files/file/${doc.filename}`)
    expect([status, doc.filename, response.headers.get('Content-Type')]).toEqual([
      201,
      expect.stringMatching(/^odd-exe-[\w-]{22}\.pdf$/),
      'application/pdf',
    ])
  })

  it('change their title alone, and are not copied', async () => {
    const { doc } = await send()
    const replaced = await send({ method: 'PATCH', path: `/files/${doc.id}`, data: pdfFile('other') })
    const renamed = await editor('PATCH', `/files/${doc.id}?depth=0`, {
      title: 'Nytt',
      filename: 'x.pdf',
      filesize: 1,
    })
    const copied = await editor('POST', `/files/${doc.id}/duplicate`, {})
    const { title, filename, filesize } = renamed.body.doc as Uploaded
    expect([replaced.status, replaced.message]).toEqual([400, expect.stringContaining('En fil byts inte ut')])
    expect([title, filename, filesize]).toEqual(['Nytt', doc.filename, doc.filesize])
    expect([
      copied.status,
      (await editor('GET', '/files?limit=1&where[filename][equals]=x.pdf')).body.docs,
    ]).toEqual([404, []])
  })

  it('are served to whoever has the address, as a PDF without rights, whole, in parts, or not again', async () => {
    const data = pdfFile('served')
    const { doc } = await send({ data })
    const get = async (headers: Record<string, string> = {}) => {
      const response = await ask(`/files/file/${doc.filename}`, { headers })
      return { response, status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
    }
    const whole = await get()
    const header = (name: string) => whole.response.headers.get(name)
    expect([whole.status, whole.bytes.equals(data)]).toEqual([200, true])
    expect([
      header('Content-Type'),
      header('Content-Disposition'),
      header('X-Content-Type-Options'),
      header('Content-Security-Policy'),
      header('Cache-Control'),
      header('Referrer-Policy'),
      header('Content-Length'),
    ]).toEqual([
      'application/pdf',
      `inline; filename="${doc.filename}"`,
      'nosniff',
      expect.stringContaining('sandbox'),
      'private, max-age=86400',
      'no-referrer',
      String(data.length),
    ])
    const part = await get({ Range: 'bytes=0-4' })
    const partHeader = (name: string) => part.response.headers.get(name)
    expect([part.status, part.bytes.toString(), partHeader('Content-Type')]).toEqual([
      206,
      '%PDF-',
      'application/pdf',
    ])
    expect([partHeader('Content-Security-Policy'), partHeader('X-Content-Type-Options')]).toEqual([
      header('Content-Security-Policy'),
      'nosniff',
    ])
    expect((await get({ 'If-None-Match': header('ETag') ?? '' })).status).toBe(304)
  })

  it('are found whatever prefix an address names', async () => {
    const { doc } = await send()
    const statusAt = async (path: string) => (await ask(path)).status
    expect([
      await statusAt(`/files/file/${doc.filename}?prefix=a`),
      await statusAt('/files/file/nothing.pdf?prefix=a'),
      await statusAt('/media/file/nothing.png?prefix=a'),
    ]).toEqual([200, 404, 404])
  })

  it('answer 404 at every other address, the same for all', async () => {
    const { doc } = await send()
    const names = [
      'none.pdf',
      doc.filename.replace(/.{6}\.pdf$/, 'aaaaaa.pdf'),
      doc.filename.toUpperCase(),
      '..%2Ffiles%2Fx.pdf',
      '..%2F..%2Futskick.db',
    ]
    for (const as of [stranger, author])
      for (const name of names)
        expect([name, (await as('GET', `/files/file/${name}`)).status]).toEqual([
          name,
          name.startsWith('..') ? expect.any(Number) : 404,
        ])
    for (const name of names.slice(3))
      expect((await stranger('GET', `/files/file/${name}`)).status).not.toBe(200)
  })

  it('are no secret of staff, and nothing of their rows is shown to others', async () => {
    const { doc } = await send()
    const paths = [
      '/files',
      '/files/count',
      `/files/${doc.id}`,
      `/files?where[filename][like]=arsredovisning`,
      `/files/${doc.id}?draft=true`,
    ]
    for (const path of paths) {
      const { status, body } = await stranger('GET', path)
      expect([path, status, JSON.stringify(body).includes(doc.filename)]).toEqual([path, 403, false])
    }
    expect((await author('GET', `/files/${doc.id}?depth=0`)).status).toBe(200)
  })

  it('are shown by articles with what readers need, which the server writes whatever was sent', async () => {
    const { doc } = await send()
    const written = await write({
      file: doc.id,
      title: '',
      url: 'https://evil.example/x.pdf',
      bytes: 1,
    })
    expect(written.status).toBe(201)
    const { body } = await stranger('GET', `/articles/${written.doc.id}?depth=2&locale=sv`)
    expect(blockOf((body as unknown as Article).content)).toEqual({
      blockType: 'file',
      title: 'Årsredovisning 2025',
      url: urlOf(doc),
      bytes: doc.filesize,
    })
    expect((await ask(`/files/file/${doc.filename}`)).status).toBe(200)
    expect(blockOf((await editor('GET', `/articles/${written.doc.id}?depth=0`)).body.content)).toMatchObject({
      file: doc.id,
    })
  })

  it('are shown by drafts with the same facts', async () => {
    const { doc } = await send()
    const { status, body } = await author('POST', '/articles?locale=sv&depth=0&draft=true', {
      title: 'Ett utkast',
      content: textWith({ blockType: 'file', file: { id: doc.id }, title: 'Rapport', url: 'x', bytes: -1 }),
    })
    expect([status, blockOf((body.doc as Article).content)]).toEqual([
      201,
      { blockType: 'file', file: doc.id, title: 'Rapport', url: urlOf(doc), bytes: doc.filesize },
    ])
  })

  it('chosen a moment ago are in the look at the mail, with what the server knows of them', async () => {
    const { doc } = await send()
    const draft = await author('POST', '/articles?locale=sv&depth=0&draft=true', { title: 'Ett utkast' })
    const content = textWith({
      blockType: 'file',
      file: doc.id,
      title: 'Rapport',
      url: 'https://evil.example',
    })
    const { body } = await author('POST', `/articles/${(draft.body.doc as Article).id}/mail-preview`, {
      unsaved: { locale: 'sv', values: { content } },
    })
    expect(body.text).toContain(`Rapport (PDF, 1 kB) <${urlOf(doc)}>`)
  })

  it('that do not exist keep an article from being published, with the block and the remedy', async () => {
    const { doc } = await send()
    await editor('DELETE', `/files/${doc.id}`)
    const gone = await write({ file: doc.id, title: 'Rapport', url: urlOf(doc), bytes: 10 })
    const none = await write({ file: null, title: 'Rapport' })
    expect([gone.status, gone.message, none.status, none.message]).toEqual([
      400,
      'File (PDF) 1: File: The file is not there any more. Choose another, or remove the block.',
      400,
      'File (PDF) 1: File: Choose a file, or remove the block.',
    ])
    for (const file of [doc.id, null]) {
      const draft = await author('POST', '/articles?locale=sv&depth=0&draft=true', {
        title: 'Ett utkast',
        content: textWith({ blockType: 'file', file, title: 'Rapport', url: urlOf(doc), bytes: 10 }),
      })
      expect(blockOf((draft.body.doc as Article).content)).toMatchObject({ url: null, bytes: null })
    }
  })

  it('that a text shows are not deleted, in the article as it is or as it was saved last; then editors delete them', async () => {
    const { doc } = await send()
    const { doc: article } = await write({ file: doc.id, title: 'Rapport' }, { data: { title: 'Stämman' } })
    const path = `/files/${doc.id}`
    const refused = await editor('DELETE', path, undefined, { 'Accept-Language': 'sv' })
    expect([refused.status, refused.body.errors]).toEqual([
      409,
      [
        expect.objectContaining({
          code: 'file_shown',
          message: expect.stringContaining('Artikeln ”Stämman” visar filen.'),
        }),
      ],
    ])
    const empty = { content: textWith({ blockType: 'code', code: 'x' }) }
    await editor('PATCH', `/articles/${article.id}?locale=sv&draft=true`, empty)
    expect((await editor('DELETE', path)).status).toBe(409)
    await editor('PATCH', `/articles/${article.id}?locale=sv`, { ...empty, _status: 'published' })
    await editor('PATCH', `/articles/${article.id}?locale=sv&draft=true`, { content: article.content })
    expect((await editor('DELETE', path)).status).toBe(409)
    await editor('PATCH', `/articles/${article.id}?locale=sv&draft=true`, empty)
    expect((await author('DELETE', path)).status).toBe(403)
    expect((await editor('DELETE', path)).status).toBe(200)
    expect([
      (await stranger('GET', `/files/file/${doc.filename}`)).status,
      (await editor('GET', path)).status,
    ]).toEqual([404, 404])
  })

  it('that a planned version shows are not deleted', async () => {
    const { doc } = await send()
    const { doc: article } = await write({ file: doc.id, title: 'Rapport' }, { data: { _status: 'draft' } })
    const { docs } = await payload.findVersions({
      collection: 'articles',
      where: { parent: { equals: article.id } },
      limit: 1,
      depth: 0,
    })
    await payload.create({
      collection: 'plans',
      data: {
        article: article.id,
        action: 'publish',
        status: 'waiting',
        locale: 'sv',
        slot: String(article.id),
        version: String(docs[0]?.id),
        dueAt: '2100-01-01T08:00:00.000Z',
      },
    })
    await editor('PATCH', `/articles/${article.id}?locale=sv&draft=true`, {
      content: textWith({ blockType: 'code', code: 'x' }),
    })
    expect((await editor('DELETE', `/files/${doc.id}`)).status).toBe(409)
    await payload.delete({ collection: 'plans', where: { article: { equals: article.id } } })
    expect((await editor('DELETE', `/files/${doc.id}`)).status).toBe(200)
  })

  it('that a mail leads to are not deleted, whatever became of the article', async () => {
    const { doc } = await send()
    const { doc: article } = await write(
      { file: doc.id, title: 'Rapport' },
      { data: { newsletter: { send: true } } },
    )
    await drain(payload)
    await editor('PATCH', `/articles/${article.id}?locale=sv`, {
      content: textWith({ blockType: 'code', code: 'x' }),
      _status: 'published',
    })
    const refused = await editor('DELETE', `/files/${doc.id}`, undefined, { 'Accept-Language': 'sv' })
    expect([refused.status, refused.body.errors]).toEqual([
      409,
      [
        expect.objectContaining({
          code: 'file_mailed',
          message: 'Ett mejl leder till filen, så den måste finnas kvar.',
        }),
      ],
    ])
  })

  it('that are gone from the disk are found before a mailing', async () => {
    const [there, gone] = [await send(), await send()]
    rmSync(join(database.env.dataDir, 'files', gone.doc.filename))
    const both = textWith(
      { blockType: 'file', file: there.doc.id, title: 'Kvar' },
      { blockType: 'file', file: gone.doc.id, title: 'Borta' },
    )
    const texts = await readTexts({
      payload,
      baseUrl: payload.config.serverURL,
      article: { title: { sv: 'Titel' }, content: { sv: both } },
    })
    expect(texts.sv?.files).toEqual([
      { name: 'Kvar', isThere: true },
      { name: 'Borta', isThere: false },
    ])
  })
})

const textWith = (...blocks: object[]) => ({
  root: {
    type: 'root',
    version: 1,
    format: '' as const,
    indent: 0,
    direction: 'ltr' as const,
    children: blocks.map((fields) => ({ type: 'block', version: 2, format: '' as const, fields })),
  },
})

/** The fields of the first block but for the id that the editor gives it. */
function blockOf(content: unknown): object {
  const [{ fields }] = (content as { root: { children: [{ fields: Record<string, unknown> }] } }).root
    .children
  const { id: _, ...rest } = fields
  return rest
}
