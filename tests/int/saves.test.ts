import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { graphql } from 'graphql'
import { createLocalReq, handleEndpoints, type Payload } from 'payload'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { refusalCodeOf } from '../../src/refusals/refusal.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { graphqlSchemaOf } from '../support/graphqlSchema.ts'
import { isLong } from '../support/longRun.ts'
import { logInAs } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'

/** Of the two editors together. */
const SAVES = isLong ? 100 : 40

interface Answer {
  status: number
  etag: string | null
  body: Record<string, unknown>
}

type Call = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>

const callAs =
  ({ payload, key, token }: { payload: Payload; key: string; token?: string }): Call =>
  async (method, path, body, headers = {}) => {
    const response = await handleEndpoints({
      config: payload.config,
      payloadInstanceCacheKey: key,
      request: new Request(`${payload.config.serverURL}/api${path}`, {
        method,
        headers: {
          ...(body && { 'Content-Type': 'application/json' }),
          ...(token && { Authorization: `JWT ${token}` }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    })
    return {
      status: response.status,
      etag: response.headers.get('ETag'),
      body: (await response.json()) as Answer['body'],
    }
  }

const onTopOf = (etag: string | null) => ({ 'If-Match': etag ?? '' })
const refusalIn = ({ status, body }: Answer) => {
  const [error] = body.errors as { code: string; data: { savedBy: unknown; savedAt: string; etag: string } }[]
  return { status, code: error?.code, data: error?.data }
}

describe.each(testDatabases())('two who save one document, on $name', ({ name, open }) => {
  let database: TestDatabase
  /** The same database from another process, on MongoDB. */
  let other: Payload
  let eva: Call
  let kim: Call
  let evaInOther: Call
  let stranger: Call
  let author: Call
  let evasId: string | number
  let kimsToken: string
  beforeAll(async () => {
    database = await open()
    const { payload, env, key } = database
    // Two connections to one SQLite file in one process block each other: what one waits for, the other cannot do.
    const otherKey = name === 'SQLite' ? key : `${key} of another process`
    other = name === 'SQLite' ? payload : await boot(configFor(env), { key: otherKey })
    const admin = await logInAs({ payload, key, role: 'admin' })
    const editor = await logInAs({ payload, key, role: 'editor' })
    const writer = await logInAs({ payload, key, role: 'author' })
    evasId = editor.id
    kimsToken = admin.token
    kim = callAs({ payload, key, token: admin.token })
    eva = callAs({ payload, key, token: editor.token })
    author = callAs({ payload, key, token: writer.token })
    evaInOther = callAs({ payload: other, key: otherKey, token: editor.token })
    stranger = callAs({ payload, key })
  })
  afterAll(async () => {
    if (other !== database.payload) await other.destroy()
    await database.close()
  })

  let path: string
  beforeEach(async () => {
    const { body } = await kim('POST', '/articles?draft=true&locale=sv', {
      title: 'Från början',
      content: paragraph('Text.'),
      newsletter: { send: false },
    })
    path = `/articles/${(body.doc as { id: string }).id}`
  })
  const read = (call: Call = kim, query = 'draft=true') => call('GET', `${path}?${query}&depth=0&locale=sv`)
  const query = async (source: string, headers: Record<string, string>) => {
    const { payload } = database
    const { user } = await payload.auth({ headers: new Headers({ Authorization: `JWT ${kimsToken}` }) })
    const req = await createLocalReq(
      { user: user ?? undefined, req: { headers: new Headers(headers) } },
      payload,
    )
    req.payloadAPI = 'GraphQL'
    return graphql({ schema: graphqlSchemaOf(payload), source, contextValue: { req, headers: {} } })
  }
  const title = async () => (await read()).body.title

  it.each<[what: string, save: (call: Call, headers: Record<string, string>) => Promise<Answer>]>([
    ['draft', (call, headers) => call('PATCH', `${path}?draft=true`, { title: 'Mitt' }, headers)],
    [
      'autosave',
      (call, headers) => call('PATCH', `${path}?draft=true&autosave=true`, { title: 'Mitt' }, headers),
    ],
    ['publishing', (call, headers) => call('PATCH', path, { title: 'Mitt', _status: 'published' }, headers)],
    [
      'publishing in one language',
      (call, headers) =>
        call('PATCH', `${path}?publishSpecificLocale=sv`, { title: 'Mitt', _status: 'published' }, headers),
    ],
    [
      'draft in the other language',
      (call, headers) => call('PATCH', `${path}?draft=true&locale=en`, { title: 'Mine' }, headers),
    ],
    [
      'way into the trash',
      (call, headers) => call('PATCH', path, { deletedAt: new Date().toISOString() }, headers),
    ],
    [
      'restored version',
      async (call, headers) => {
        const versions = await call(
          'GET',
          `/articles/versions?where[parent][equals]=${path.split('/')[2]}&limit=1`,
        )
        const [version] = versions.body.docs as { id: string }[]
        return call('POST', `/articles/versions/${version?.id}?draft=true`, {}, headers)
      },
    ],
  ])(
    'a %s on top of a newer save is refused and changes nothing; on top of the newest it is taken and is the newest',
    async (_, save) => {
      const before = await read()
      const newer = await eva('PATCH', `${path}?draft=true`, { title: 'Evas' })
      const refused = await save(kim, onTopOf(before.etag))
      expect(refusalIn(refused)).toEqual({
        status: 409,
        code: 'save_stale',
        data: {
          savedBy: { id: evasId, name: 'editor' },
          isOwn: false,
          savedAt: (newer.body.doc as { updatedAt: string }).updatedAt,
          etag: newer.etag,
        },
      })
      expect(await title()).toBe('Evas')
      const taken = await save(kim, onTopOf(newer.etag))
      expect(taken.status).toBe(200)
      const again = await kim(
        'PATCH',
        `${path}?draft=true&trash=true`,
        { excerpt: 'Mer' },
        onTopOf(taken.etag),
      )
      expect(again.status).toBe(200)
      expect(new Set([before.etag, newer.etag, taken.etag, again.etag]).size).toBe(4)
    },
  )

  it('a delete on top of a newer save is refused', async () => {
    const before = await read()
    const newer = await eva('PATCH', `${path}?draft=true`, { title: 'Evas' })
    expect((await kim('DELETE', path, undefined, onTopOf(before.etag))).status).toBe(409)
    expect((await kim('DELETE', path, undefined, onTopOf(newer.etag))).status).toBe(200)
  })

  it('a save that names none is taken, whoever writes there', async () => {
    await eva('PATCH', `${path}?draft=true&autosave=true`, { title: 'Evas' })
    expect((await kim('PATCH', `${path}?draft=true`, { title: 'Skriptets' })).status).toBe(200)
    expect((await kim('PATCH', `${path}?draft=true`, { title: 'Igen' }, { 'If-Match': '*' })).status).toBe(
      200,
    )
    expect(await title()).toBe('Igen')
  })

  it('a save over GraphQL is one too', async () => {
    const { etag } = await read()
    await eva('PATCH', `${path}?draft=true`, { title: 'Evas' })
    const id = path.split('/')[2]
    const source = `mutation { updateArticle(id: ${name === 'SQLite' ? id : `"${id}"`}, draft: true, locale: sv, data: { title: "Kims" }) { title } }`
    const stale = await query(source, onTopOf(etag))
    expect(stale.errors?.map(({ originalError }) => originalError && refusalCodeOf(originalError))).toEqual([
      'save_stale',
    ])
    const between = await read()
    expect((await query(source, onTopOf(between.etag))).errors).toBeUndefined()
    expect((await kim('PATCH', `${path}?draft=true`, { title: 'x' }, onTopOf(between.etag))).status).toBe(409)
    expect(await title()).toBe('Kims')
  })

  it('of ten with one base at one moment one is taken', async () => {
    const { etag } = await read()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        (number % 2 === 0 ? kim : evaInOther)(
          'PATCH',
          `${path}?draft=true&autosave=true`,
          { title: `Nummer ${number}` },
          onTopOf(etag),
        ),
      ),
    )
    const taken = answers.flatMap(({ status }, number) => (status === 200 ? [`Nummer ${number}`] : []))
    expect([taken.length, answers.filter(({ status }) => status === 409).length]).toEqual([1, 9])
    expect(await title()).toBe(taken[0])
  })

  it(`no word is lost in ${SAVES} saves of two editors and their scripts at one moment`, async () => {
    const words = async (call: Call, who: string, field: 'title' | 'excerpt') => {
      for (let number = 0; number < SAVES / 2; number += 1) {
        for (;;) {
          const { body, etag } = await read(call)
          const { status } = await call(
            'PATCH',
            `${path}?draft=true&autosave=${String(number % 3 === 0)}&locale=sv`,
            { [field]: `${String(body[field] ?? '')} ${who}${number}`.trim() },
            onTopOf(etag),
          )
          if (status === 200) break
          expect(status).toBe(409)
        }
      }
    }
    const script = async (call: Call, data: (number: number) => object, query: string) => {
      for (let number = 0; number < 10; number += 1)
        expect((await call('PATCH', `${path}?draft=true&${query}`, data(number))).status).toBe(200)
    }
    await kim('PATCH', `${path}?draft=true&locale=sv`, { title: '', excerpt: '' })
    await Promise.all([
      words(kim, 'k', 'excerpt'),
      words(evaInOther, 'e', 'excerpt'),
      script(eva, (number) => ({ title: `Title ${number}` }), 'locale=en'),
      script(evaInOther, (number) => ({ newsletter: { subject: `Ämne ${number}` } }), 'locale=sv'),
    ])
    const sv = (await read()).body as { excerpt: string; newsletter: { subject: string } }
    const en = await kim('GET', `${path}?draft=true&depth=0&locale=en`)
    expect({
      words: sv.excerpt.split(' ').sort(),
      subject: sv.newsletter.subject,
      title: en.body.title,
    }).toEqual({
      words: Array.from({ length: SAVES / 2 }, (_, number) => [`k${number}`, `e${number}`])
        .flat()
        .sort(),
      subject: 'Ämne 9',
      title: 'Title 9',
    })
  })

  describe('while the clock stands still', () => {
    beforeEach(() => {
      jest.useFakeTimers({
        now: Date.now(),
        doNotFake: [
          'hrtime',
          'nextTick',
          'performance',
          'queueMicrotask',
          'setImmediate',
          'clearImmediate',
          'setInterval',
          'clearInterval',
          'setTimeout',
          'clearTimeout',
        ],
      })
    })
    afterEach(() => {
      jest.useRealTimers()
    })

    it('saves in one millisecond are told from each other, and the last is the newest', async () => {
      const etags: (string | null)[] = [(await read()).etag]
      for (const [number, query] of ['', '&autosave=true', '&autosave=true', ''].entries()) {
        const { etag } = await eva('PATCH', `${path}?draft=true${query}`, { title: `Nummer ${number}` })
        etags.push(etag)
      }
      const published = await eva('PATCH', path, { title: 'Publicerad', _status: 'published' })
      const draft = await eva('PATCH', `${path}?draft=true`, { title: 'Efteråt' })
      etags.push(published.etag, draft.etag)
      expect(new Set(etags).size).toBe(etags.length)
      const stale = await Promise.all(
        etags.slice(0, -1).map((etag) => kim('PATCH', `${path}?draft=true`, { title: 'Nej' }, onTopOf(etag))),
      )
      expect(stale.map(({ status }) => status)).toEqual(etags.slice(1).map(() => 409))
      expect([await title(), (await read(kim, 'draft=false')).body.title]).toEqual(['Efteråt', 'Publicerad'])
    })
  })

  it('tells strangers nothing, and nobody of what is not there', async () => {
    const stale = onTopOf('"2026-01-01T00:00:00.000Z"')
    await kim('PATCH', path, { title: 'Publicerad', _status: 'published' })
    const missing = name === 'SQLite' ? '/articles/999999' : '/articles/0123456789abcdef01234567'
    expect([
      (await stranger('PATCH', path, { title: 'x' }, stale)).status,
      (await stranger('DELETE', path, undefined, stale)).status,
      (await author('PATCH', path, { title: 'x' }, stale)).status,
      (await kim('PATCH', missing, { title: 'x' }, stale)).status,
      (await stranger('GET', path)).etag,
    ]).toEqual([403, 403, 403, 404, null])
  })

  it('a base that no answer has is refused as such', async () => {
    const answer = await kim('PATCH', `${path}?draft=true`, { title: 'x' }, { 'If-Match': '"abc"' })
    expect(refusalIn(answer)).toMatchObject({ status: 400, code: 'base_invalid' })
  })

  it('a save that is refused holds nobody up', async () => {
    await kim('PATCH', path, { title: '', _status: 'published' })
    await author('PATCH', path, { title: 'x' })
    await kim('PATCH', `${path}?draft=true`, { title: 'x' }, { 'If-Match': '"abc"' })
    const { docs } = await database.payload.find({
      collection: 'save-turns',
      where: { holder: { exists: true } },
      overrideAccess: true,
    })
    expect(docs.filter(({ holder }) => holder)).toEqual([])
  })

  it.each(['authors', 'topics'])('holds for %s', async (slug) => {
    const made = await kim('POST', `/${slug}`, { name: `Namn ${slug}`, slug: `namn-${slug}` })
    const at = `/${slug}/${(made.body.doc as { id: string }).id}`
    const newer = await eva('PATCH', at, { name: 'Evas' }, onTopOf(made.etag))
    expect([newer.status, (await kim('PATCH', at, { name: 'Kims' }, onTopOf(made.etag))).status]).toEqual([
      200, 409,
    ])
  })

  it('holds for the site', async () => {
    const made = await kim('POST', '/globals/site', { name: 'Tidningen' })
    const newer = await eva('POST', '/globals/site', { name: 'Evas' }, onTopOf(made.etag))
    const refused = await kim('POST', '/globals/site', { name: 'Kims' }, onTopOf(made.etag))
    expect([made.status, newer.status, refused.status]).toEqual([200, 200, 409])
    expect((await kim('GET', '/globals/site')).etag).toBe(newer.etag)
  })

  it('who has a document open is seen by the others, until they leave', async () => {
    const id = path.split('/')[2]
    const windowOf = (name: string) => `window-of-${name}-${id}`.padEnd(24, '-')
    const say = async (call: Call, name: string, more: object = {}) => {
      const { status, body } = await call('POST', '/presence', {
        ...{ owner: 'articles', id, window: windowOf(name) },
        ...more,
      })
      return status === 200 ? body.others : status
    }
    expect(await say(kim, 'kim')).toEqual([])
    expect(await say(eva, 'eva')).toEqual([{ name: 'admin', isOwn: false }])
    expect(await say(eva, 'evas-other')).toEqual([
      { name: 'admin', isOwn: false },
      { name: 'editor', isOwn: true },
    ])
    expect(await say(kim, 'kim')).toEqual([{ name: 'editor', isOwn: false }])
    // Nobody sends somebody else away.
    await say(eva, 'kim', { isHere: false })
    expect(await say(eva, 'eva')).toEqual([
      { name: 'admin', isOwn: false },
      { name: 'editor', isOwn: true },
    ])
    expect(await say(kim, 'kim', { isHere: false })).toEqual([])
    expect(await say(eva, 'eva')).toEqual([{ name: 'editor', isOwn: true }])
    expect([
      await say(stranger, 'stranger'),
      await say(kim, 'kim', { owner: 'subscribers' }),
      await say(kim, 'kim', { owner: 'users' }),
      await say(kim, 'kim', { id: 'none' }),
      await say(kim, 'kim', { window: 'short' }),
      await say(kim, 'kim', { owner: 'site', id: undefined }),
    ]).toEqual([401, 404, 404, 404, 404, []])
  })

  it('a bulk edit writes over nobody’s words', async () => {
    const where = `where[id][equals]=${path.split('/')[2]}`
    for (let round = 0; round < 10; round += 1) {
      const [bulk, save] = await Promise.all([
        kim('PATCH', `/articles?draft=true&locale=sv&${where}`, { excerpt: `Ingress ${round}` }),
        evaInOther('PATCH', `${path}?draft=true&locale=sv`, { title: `Rubrik ${round}` }),
      ])
      const { body } = await read()
      const isBulkSaved = (bulk.body.errors as unknown[]).length === 0
      expect([save.status, body.title, isBulkSaved ? body.excerpt : null]).toEqual([
        200,
        `Rubrik ${round}`,
        isBulkSaved ? `Ingress ${round}` : null,
      ])
    }
  })
})
