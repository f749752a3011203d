import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { handleEndpoints, type Payload } from 'payload'
import sharp from 'sharp'
import { mailedPicturesOf, pictureFilesOf, pictureRowsOf } from '../../src/deps.ts'
import { careForPicture } from '../../src/media/mediaLane.ts'
import type { Media } from '../../src/payload-types.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { drain } from '../support/drain.ts'
import { logInAs, type Rest } from '../support/rest.ts'

const SECRET = 'Anna Hemlig'

/** A photo as a telephone makes it: with a name, a position, and an orientation. */
const photo = ({
  orientation = 1,
  background = '#a33',
}: { orientation?: number; background?: string } = {}) =>
  sharp({ create: { width: 400, height: 200, channels: 3, background } })
    .withMetadata({ orientation })
    .withExifMerge({ IFD0: { Artist: SECRET }, IFD3: { GPSLatitude: '59/1 19/1 0/1' } })
    .jpeg()
    .toBuffer()

describe.each(oneDatabase())('pictures on $name', ({ open }) => {
  let database: TestDatabase
  let payload: Payload
  let admin: Rest
  let token: string
  beforeAll(async () => {
    database = await open()
    payload = database.payload
    const loggedIn = await logInAs({ payload, key: database.key, role: 'admin' })
    admin = loggedIn.rest
    token = loggedIn.token
  })
  afterAll(() => database.close())

  const folder = () => join(database.env.dataDir, 'media')
  const onDisk = (name?: string | null) => readFileSync(join(folder(), name ?? ''))
  const upload = ({ data, name = 'foto.jpg' }: { data: Buffer; name?: string }): Promise<Media> =>
    payload.create({
      collection: 'media',
      data: { alt: 'En bild' },
      file: { data, name, size: data.length, mimetype: 'image/jpeg' },
    })
  const get = async (name: string) => {
    const request = new Request(`http://site.example/api/media/file/${name}`)
    const response = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: database.key,
      request,
    })
    return {
      status: response.status,
      type: response.headers.get('Content-Type'),
      data: Buffer.from(await response.arrayBuffer()),
    }
  }
  /** As the admin sends a file or a crop. */
  const patch = async ({ id, data, query = '' }: { id: Media['id']; data?: Buffer; query?: string }) => {
    const form = new FormData()
    form.set('_payload', '{}')
    if (data) form.set('file', new File([new Uint8Array(data)], 'foto.jpg', { type: 'image/jpeg' }))
    const response = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`http://site.example/api/media/${id}?depth=0${query}`, {
        method: 'PATCH',
        headers: { Authorization: `JWT ${token}` },
        body: form,
      }),
    })
    return { status: response.status, doc: ((await response.json()) as { doc: Media }).doc }
  }
  const care = () =>
    careForPicture({
      rows: pictureRowsOf(payload),
      files: pictureFilesOf(payload),
      mailed: mailedPicturesOf(payload),
      clock: { now: () => new Date() },
      log: () => undefined,
    })
  /** An article with this picture, mailed to one subscriber. */
  const mail = async ({ id }: Media, slug: string) => {
    await payload.create({
      collection: 'articles',
      locale: 'sv',
      data: {
        title: slug,
        slug,
        heroImage: id,
        content: text,
        _status: 'published',
        newsletter: { send: true },
      },
    })
    await drain(payload)
  }
  beforeAll(async () => {
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

  const halves = ({ left, right }: { left: string; right: string }) =>
    sharp({ create: { width: 400, height: 200, channels: 3, background: left } })
      .composite([
        { input: { create: { width: 200, height: 200, channels: 3, background: right } }, left: 200, top: 0 },
      ])
      .webp({ lossless: true })
      .toBuffer()
  const colourOf = async (size?: { filename?: string | null }) => {
    const { channels } = await sharp(onDisk(size?.filename)).stats()
    const [red, , blue] = channels.map(({ mean }) => mean > 60)
    return red && blue ? 'purple' : red ? 'red' : 'blue'
  }

  it('keep nothing of a photo but what it shows, upright and in its size', async () => {
    const stored = await upload({ data: await photo({ orientation: 6 }) })
    const { exif, orientation, width, height } = await sharp(onDisk(stored.filename)).metadata()
    expect([stored.width, stored.height, width, height, exif, orientation]).toEqual([
      200,
      400,
      200,
      400,
      undefined,
      undefined,
    ])
    expect(onDisk(stored.filename).includes(SECRET)).toBe(false)
    expect(stored.sizes?.medium?.width).toBe(200)
  })

  it.each([
    ['sv', 'Filen är ingen bild som kan användas här. Spara den som JPEG, PNG, WebP, GIF eller AVIF'],
    ['en', 'The file is no image that can be used here. Save it as JPEG, PNG, WebP, GIF or AVIF'],
  ])('of another type are refused with the types that are taken: %s', async (language, message) => {
    const form = new FormData()
    form.set('_payload', '{"alt":"En bild"}')
    form.set('file', new File(['\0\0\0\x18ftypheic\0\0\0\0mif1heic'], 'foto.heic', { type: 'image/heic' }))
    const response = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request('http://site.example/api/media', {
        method: 'POST',
        headers: { Authorization: `JWT ${token}`, 'Accept-Language': language },
        body: form,
      }),
    })
    const { errors } = (await response.json()) as { errors: { message: string }[] }
    expect([response.status, errors[0]?.message]).toEqual([400, expect.stringContaining(message)])
  })

  it('that are duplicated are cleaned too', async () => {
    const { id, filename } = await upload({ data: await photo(), name: 'dubbel.jpg' })
    writeFileSync(join(folder(), String(filename)), await photo({ orientation: 6 }))
    const copy = await payload.duplicate({ collection: 'media', id })
    expect([copy.filename, copy.width, copy.height, onDisk(copy.filename).includes(SECRET)]).toEqual([
      'dubbel-1.jpg',
      200,
      400,
      false,
    ])
  })

  it('are cleaned once when an earlier version stored them, and one that cannot be read is named', async () => {
    const old = await upload({ data: await photo(), name: 'gammal.jpg' })
    const broken = await upload({ data: await photo(), name: 'trasig.jpg' })
    writeFileSync(join(folder(), 'gammal.jpg'), await photo({ orientation: 6 }))
    writeFileSync(join(folder(), 'trasig.jpg'), 'no picture')
    for (const { id } of [old, broken])
      await payload.db.updateOne({
        collection: 'media',
        id,
        data: { cleanedAt: null, width: 400, height: 200 },
      })
    while (await care());
    const { width, height, alt } = await payload.findByID({ collection: 'media', id: old.id, depth: 0 })
    expect([width, height, alt, onDisk('gammal.jpg').includes(SECRET)]).toEqual([200, 400, 'En bild', false])
    expect(await pictureRowsOf(payload).findUnreadable(10)).toEqual(['trasig.jpg'])
    expect(String(onDisk('trasig.jpg'))).toBe('no picture')
  })

  it('have files for mail from the start; another focal point cuts others, and the former stay', async () => {
    const stored = await upload({ data: await halves({ left: '#f00', right: '#00f' }), name: 'halvor.webp' })
    const { filename, sizes } = stored
    expect([filename, ...(['mail', 'thumb', 'portrait'] as const).map((size) => sizes?.[size])]).toEqual([
      'halvor.webp',
      ...[
        { size: 'mail', width: 400, height: 200 },
        { size: 'thumb', width: 224, height: 168 },
        { size: 'portrait', width: 96, height: 96 },
      ].map(({ size, width, height }) => {
        const name = `halvor-${size}-${width}x${height}.jpg`
        const [url, mimeType] = [expect.stringMatching(`/api/media/file/${name}$`), 'image/jpeg']
        return { filename: name, url, mimeType, width, height, filesize: onDisk(name).length }
      }),
    ])
    const moved = await admin('PATCH', `/media/${stored.id}?depth=0`, { focalX: 100, focalY: 50 })
    const { sizes: after } = moved.body.doc as Media
    const again = await payload.findByID({ collection: 'media', id: stored.id, depth: 0 })
    expect(after).toEqual(again.sizes)
    expect([await colourOf(sizes?.portrait), await colourOf(after?.portrait)]).toEqual(['purple', 'blue'])
    const renamed = await admin('PATCH', `/media/${stored.id}?depth=0`, { alt: 'Halvor' })
    expect((renamed.body.doc as Media).sizes).toEqual(after)
  })

  it('of an earlier version get their files for mail from the worker; what a mail shows stays', async () => {
    const stored = await upload({ data: await halves({ left: '#f00', right: '#00f' }), name: 'forr.webp' })
    const former = String(stored.sizes?.mail?.filename)
    const before = await get(former)
    await payload.db.updateOne({ collection: 'media', id: stored.id, data: { mailSizesAt: null } })
    while (await care());
    const { sizes } = await payload.findByID({ collection: 'media', id: stored.id, depth: 0 })
    expect([sizes?.mail?.filename, sizes?.thumb?.filename, await get(former)]).toEqual([
      'forr-mail-400x200-1.jpg',
      'forr-thumb-224x168-1.jpg',
      before,
    ])
    expect(await care()).toBe(false)
  })

  it('may be kept for a day, are not sent again to who has them, and come in parts', async () => {
    const stored = await upload({ data: await photo(), name: 'minnas.jpg' })
    const ask = async (headers: Record<string, string>) => {
      const response = await handleEndpoints({
        config: payload.config,
        payloadInstanceCacheKey: database.key,
        request: new Request(`http://site.example/api/media/file/${stored.filename}`, { headers }),
      })
      const { status } = response
      const header = (name: string) => response.headers.get(name)
      return { status, bytes: (await response.arrayBuffer()).byteLength, header }
    }
    const first = await ask({})
    const etag = first.header('ETag') ?? ''
    const size = onDisk(stored.filename).length
    expect([
      first.status,
      first.bytes,
      first.header('Content-Length'),
      first.header('Cache-Control'),
    ]).toEqual([200, size, String(size), 'public, max-age=86400'])
    expect([etag, Number.isNaN(Date.parse(first.header('Last-Modified') ?? ''))]).toEqual([
      expect.stringMatching(/^"[0-9a-z]+-[0-9a-z]+"$/),
      false,
    ])
    for (const tags of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, bytes, header } = await ask({ 'If-None-Match': tags })
      expect([tags, status, bytes, header('ETag')]).toEqual([tags, 304, 0, etag])
    }
    expect((await ask({ 'If-None-Match': '"other"' })).status).toBe(200)
    const part = await ask({ Range: 'bytes=0-9' })
    const beyond = await ask({ Range: `bytes=${size + 1}-` })
    expect([part.status, part.bytes, part.header('Cache-Control')]).toEqual([
      206,
      10,
      'public, max-age=86400',
    ])
    expect([beyond.status, beyond.header('Cache-Control')]).toEqual([416, null])
  })

  it('that a mail shows stay at their addresses when they are replaced and cropped, with the same bytes', async () => {
    const stored = await upload({ data: await photo({ background: '#00f' }), name: 'mejlad.jpg' })
    await mail(stored, 'mejlad')
    const names = [stored.filename, stored.sizes?.small?.filename].map(String)
    const before = await Promise.all(names.map(get))
    const replaced = await patch({ id: stored.id, data: await photo({ background: '#0f0' }) })
    const crop =
      '&uploadEdits[crop][x]=0&uploadEdits[crop][y]=0&uploadEdits[crop][width]=50&uploadEdits[crop][height]=50&uploadEdits[widthInPixels]=200&uploadEdits[heightInPixels]=100'
    const replacedName = String(replaced.doc.filename)
    const replacedBytes = onDisk(replacedName)
    const cropped = await patch({ id: stored.id, query: crop })
    expect([replaced.status, cropped.status, cropped.doc.width, cropped.doc.height]).toEqual([
      200, 200, 200, 100,
    ])
    expect(new Set([stored.filename, replacedName, cropped.doc.filename]).size).toBe(3)
    expect(await Promise.all(names.map(get))).toEqual(before)
    expect((await get(replacedName)).data).toEqual(replacedBytes)
  })

  it('that a mail shows are not deleted, whatever their file is now; others go with all their files', async () => {
    const mailed = await upload({ data: await photo(), name: 'kvar.jpg' })
    await mail(mailed, 'kvar')
    await patch({ id: mailed.id, data: await photo({ background: '#0ff' }) })
    const other = await upload({ data: await photo(), name: 'borta.jpg' })
    await patch({ id: other.id, data: await photo({ background: '#0ff' }) })
    const refused = await admin('DELETE', `/media/${mailed.id}`)
    expect(refused).toEqual({
      status: 409,
      body: {
        errors: [
          expect.objectContaining({
            message: expect.stringContaining('A mail that was sent shows this image'),
          }),
        ],
      },
    })
    const bulk = await admin('DELETE', `/media?where[id][in]=${mailed.id},${other.id}`)
    expect([(bulk.body.docs as Media[]).map(({ id }) => id), (bulk.body.errors as unknown[]).length]).toEqual(
      [[other.id], 1],
    )
    expect([existsSync(join(folder(), 'borta.jpg')), (await get('kvar.jpg')).status]).toEqual([false, 200])
  })

  it('that were taken down with a reason give a neutral picture at every address they have or had', async () => {
    const stored = await upload({ data: await photo({ background: '#f0f' }), name: 'nere.jpg' })
    const { doc } = await patch({ id: stored.id, data: await photo({ background: '#ff0' }) })
    expect((await admin('POST', `/media/${stored.id}/take-down`, { reason: ' ' })).status).toBe(400)
    const taken = await admin('POST', `/media/${stored.id}/take-down`, { reason: 'Begärd av fotografen' })
    expect([taken.status, (taken.body.doc as Media).takenDown?.reason]).toEqual([200, 'Begärd av fotografen'])
    for (const name of [
      stored.filename,
      stored.sizes?.small?.filename,
      doc.filename,
      doc.sizes?.thumb?.filename,
    ]) {
      const { status, type, data } = await get(String(name))
      const { channels } = await sharp(data).stats()
      expect([status, type, channels.map(({ mean }) => Math.round(mean))]).toEqual([
        200,
        'image/jpeg',
        [212, 212, 212],
      ])
    }
    const anonymous = await payload.findByID({
      collection: 'media',
      id: stored.id,
      depth: 0,
      overrideAccess: false,
    })
    expect(anonymous.takenDown).toBeUndefined()
    expect((await admin('PATCH', `/media/${stored.id}`, { takenDown: { reason: '' } })).status).toBe(200)
    expect((await get(String(doc.filename))).data).toEqual(onDisk(doc.filename))
  })

  it.each(['finns-inte.jpg', '%00', 'a%2Fb.jpg', '%2e%2e%2fsecret', 'aside', `${'a'.repeat(300)}.jpg`])(
    'that are not there are 404 or refused: %s',
    async (name) => expect([403, 404]).toContain((await get(name)).status),
  )
})

const text = {
  root: {
    type: 'root',
    version: 1,
    format: '' as const,
    indent: 0,
    direction: 'ltr' as const,
    children: [
      {
        type: 'paragraph',
        version: 1,
        children: [
          { type: 'text', version: 1, text: 'Text.', format: 0, mode: 'normal', style: '', detail: 0 },
        ],
      },
    ],
  },
}
