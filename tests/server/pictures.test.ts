import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import sharp from 'sharp'
import { httpAs } from '../support/http.ts'
import { pdfFile } from '../support/pdfFile.ts'
import type { Rest } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'
import { until } from '../support/until.ts'

const SECRET = 'Anna Hemlig'

interface Stored {
  id: number
  url: string
  width: number
  height: number
  sizes: { small: { url: string } }
}

describe('images, as the built product serves them', () => {
  let server: RunningServer
  let admin: Rest
  let token: string
  beforeAll(async () => {
    server = await startServer()
    const password = 'ett långt lösenord för proven'
    const registered = await httpAs(server)('POST', '/users/first-register', {
      email: 'admin@example.com',
      password,
      'confirm-password': password,
      name: 'Admin',
      role: 'admin',
    })
    token = String(registered.body.token)
    admin = httpAs({ ...server, token })
  })
  afterAll(() => server?.stop())

  const photo = (background: string) =>
    sharp({ create: { width: 400, height: 200, channels: 3, background } })
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Artist: SECRET }, IFD3: { GPSLatitude: '59/1 19/1 0/1' } })
      .jpeg()
      .toBuffer()
  const send = async ({
    path,
    method,
    data,
    name,
  }: {
    path: string
    method: string
    data: Buffer
    name: string
  }) => {
    const form = new FormData()
    form.set('_payload', '{"alt":"En bild"}')
    form.set('file', new File([new Uint8Array(data)], name))
    const response = await fetch(`${server.baseUrl}/api${path}`, {
      method,
      body: form,
      headers: { Authorization: `JWT ${token}`, 'Accept-Language': 'sv' },
    })
    const body = (await response.json()) as { doc: Stored; errors?: { message: string }[] }
    return { status: response.status, ...body }
  }
  const get = async (url: string) => {
    const response = await fetch(new URL(url, server.baseUrl))
    return { status: response.status, data: Buffer.from(await response.arrayBuffer()) }
  }
  const remove = async (id: number) => {
    const headers = { Authorization: `JWT ${token}`, 'Accept-Language': 'sv' }
    const response = await fetch(`${server.baseUrl}/api/media/${id}`, { method: 'DELETE', headers })
    return { status: response.status, body: (await response.json()) as { errors: { message: string }[] } }
  }

  it('tell nothing beside what they show; a type that is not taken is refused with those that are', async () => {
    const { status, doc } = await send({
      path: '/media',
      method: 'POST',
      data: await photo('#a33'),
      name: 'foto.jpg',
    })
    const original = await get(doc.url)
    expect([status, doc.width, doc.height, original.status, original.data.includes(SECRET)]).toEqual([
      201,
      200,
      400,
      200,
      false,
    ])
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    const refused = await send({ path: '/media', method: 'POST', data: heic, name: 'foto.heic' })
    expect([refused.status, refused.errors?.[0]?.message]).toEqual([
      400,
      'Filen är ingen bild som kan användas här. Spara den som JPEG, PNG, WebP, GIF eller AVIF och ladda upp den igen.',
    ])
  })

  it.each([
    ['of no bytes', Buffer.alloc(0)],
    [
      'that is a script',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    ],
    ['cut off', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('refuse a file %s with a reason', async (_, data) => {
    const { status, errors } = await send({ path: '/media', method: 'POST', data, name: 'bild.png' })
    expect([status, errors?.[0]?.message]).toEqual([400, expect.stringMatching(/bild|fil/i)])
  })

  it.each(['finns-inte.jpg', '%00', '..%2f..%2fsecret', 'aside'])(
    'that are not there are not found: %s',
    async (name) => {
      const { status, data } = await get(`/api/media/file/${name}`)
      expect([[400, 403, 404].includes(status), String(data).includes('Something went wrong')]).toEqual([
        true,
        false,
      ])
    },
  )

  it('that a mail shows stay when they are replaced, are not deleted, and can be taken down', async () => {
    const { doc } = await send({
      path: '/media',
      method: 'POST',
      data: await photo('#33a'),
      name: 'mejlad.jpg',
    })
    await admin('POST', '/globals/site', {
      name: 'Sajten',
      senderName: 'Sajten',
      senderEmail: 'brev@example.com',
      postalAddress: 'Gatan 1',
      holdSeconds: 0,
    })
    await admin('POST', '/subscribers', {
      email: 'anna@example.com',
      status: 'active',
      consentSource: 'papper',
      locale: 'sv',
    })
    await admin('POST', '/articles?locale=sv', {
      title: 'Brevet',
      slug: 'brevet',
      heroImage: doc.id,
      content: paragraph('Text.'),
      _status: 'published',
      newsletter: { send: true },
    })
    await until('the campaign is submitted', async () => {
      const { body } = await admin('GET', '/campaigns?depth=0')
      const [campaign] = body.docs as { status: string }[]
      return campaign?.status === 'submitted' || undefined
    })
    const before = await get(doc.url)
    const replaced = await send({
      path: `/media/${doc.id}`,
      method: 'PATCH',
      data: await photo('#3a3'),
      name: 'ny.jpg',
    })
    expect([replaced.status, replaced.doc.url === doc.url, await get(doc.url)]).toEqual([200, false, before])
    expect(await remove(doc.id)).toEqual({
      status: 409,
      body: {
        errors: [
          expect.objectContaining({
            message: expect.stringContaining('Bilden syns i ett mejl som har skickats'),
          }),
        ],
      },
    })
    const mutation = { query: `mutation { deleteMedia(id: ${doc.id}) { id } }` }
    const { body } = await admin('POST', '/graphql', mutation)
    expect([body.errors, await get(doc.url)]).toEqual([
      [
        expect.objectContaining({
          message: expect.stringMatching(/mail that was sent|mejl som har skickats/),
        }),
      ],
      before,
    ])
    expect(
      (await admin('POST', `/media/${doc.id}/take-down`, { reason: 'Begärd av fotografen' })).status,
    ).toBe(200)
    for (const url of [doc.url, doc.sizes.small.url, replaced.doc.url]) {
      const { status, data } = await get(url)
      const { width, height } = await sharp(data).metadata()
      expect([status, width, height]).toEqual([200, 64, 36])
    }
  })

  it('beside them a PDF is served whole and in parts, with its headers and without rights, and has its own limit', async () => {
    const data = pdfFile()
    const sent = await send({ path: '/files', method: 'POST', data, name: 'Årsredovisning.pdf' })
    const url = String((sent.doc as { url?: string }).url)
    const ask = async (method: string, headers: Record<string, string> = {}) => {
      const response = await fetch(url, { method, headers })
      const said = ['Content-Type', 'Content-Security-Policy', 'X-Content-Type-Options']
      const bytes = (await response.arrayBuffer()).byteLength
      return [response.status, bytes, ...said.map((name) => response.headers.get(name))]
    }
    const hard = ['application/pdf', "default-src 'none'; sandbox", 'nosniff']
    expect([await ask('GET'), await ask('HEAD'), await ask('GET', { Range: 'bytes=0-4' })]).toEqual([
      [200, data.length, ...hard],
      [200, 0, ...hard],
      [206, 5, ...hard],
    ])
    const large = Buffer.alloc(21 * 1024 * 1024, '%PDF-')
    const refused = await send({ path: '/files', method: 'POST', data: large, name: 'stor.pdf' }).catch(
      String,
    )
    expect(refused).toMatchObject({
      status: 413,
      errors: [{ message: expect.stringContaining('högst 20 MB') }],
    })
  })
})
