import { rowOf } from '../../src/readers/findReader.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { HtmlValidate } from 'html-validate'
import { SaxesParser } from 'saxes'
import { makeReaderToken } from '../../src/newsletter/rules/readerToken.ts'
import {
  createArticle,
  createSubscriber,
  createTopic,
  logIn,
  paragraph,
  updateArticle,
  hideFromSite,
} from '../support/siteContent.ts'
import { forgetPublic } from '../../src/content/publicCache.ts'
import { webVersionName, type WebVersion } from '../../src/newsletter/rules/webVersion.ts'
import { openSite, ORIGIN, type Site } from '../support/visitSite.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site.stop())
beforeEach(async () => {
  for (const collection of ['articles', 'topics'] as const)
    await site.payload.delete({ collection, where: {}, trash: collection === 'articles' })
})

/** The titles of the articles that a page lists, in its order. */
const titlesOn = (html: string) =>
  [...html.matchAll(/<h[23][^>]*><a [^>]*>(.*?)<\/a>/g)].map(([, title]) => title)
const itemsOf = (xml: string) =>
  [...xml.matchAll(/<item>\s*<title><!\[CDATA\[(.*?)\]\]>/g)].map(([, title]) => title)

describe('the start page', () => {
  it.each([
    [undefined, '/sv'],
    ['en-GB,en;q=0.9', '/en'],
    ['de,sv-FI;q=0.5,en;q=0.4', '/sv'],
  ])('with Accept-Language %s leads to %s', async (language, path) => {
    const { status, headers } = await site.visit('/', language ? { 'accept-language': language } : {})
    expect([status, headers.get('location'), headers.get('vary')]).toEqual([307, path, 'Accept-Language'])
  })
})

describe('the list of articles', () => {
  it('shows what is published, the newest first, fifteen a page', async () => {
    for (let day = 10; day < 27; day++)
      await createArticle(site.payload, { title: `Dag ${day}`, publishedAt: `2026-06-${day}T08:00:00.000Z` })
    await createArticle(site.payload, {
      title: 'Utkast',
      _status: 'draft',
      publishedAt: '2026-07-01T08:00:00.000Z',
    })

    const pages = await Promise.all(['/sv', '/sv?page=2', '/sv?page=3'].map((path) => site.visit(path)))

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 404])
    expect(titlesOn(pages[0]?.body ?? '')).toEqual(
      Array.from({ length: 15 }, (_, index) => `Dag ${26 - index}`),
    )
    expect(titlesOn(pages[1]?.body ?? '')).toEqual(['Dag 11', 'Dag 10'])
  })

  it('shows those of one topic', async () => {
    const [work, money] = [
      await createTopic(site.payload, { name: 'Arbete', slug: 'arbete' }),
      await createTopic(site.payload, { name: 'Pengar', slug: 'pengar' }),
    ]
    await createArticle(site.payload, { title: 'Om arbete', topics: [work.id] })
    await createArticle(site.payload, { title: 'Om pengar', topics: [money.id] })
    await createArticle(site.payload, { title: 'Om inget' })
    expect(titlesOn((await site.visit('/sv?topic=arbete')).body)).toEqual(['Om arbete'])
  })

  it.each([
    '/sv?page=0',
    '/sv?page=x',
    '/sv?page=1e3',
    '/sv?page=-1',
    '/sv?topic=nothing',
    '/sv/articles',
    '/sv/a/b/c',
  ])('says in the language of the address that there is no %s', async (path) => {
    const { status, body } = await site.visit(path, { 'accept-language': 'en' })
    expect([status, body.includes('<html lang="sv"'), body.includes('Sidan finns inte')]).toEqual([
      404,
      true,
      true,
    ])
  })

  it('says in the language of the browser that there is nothing where no language is named', async () => {
    const { status, body } = await site.visit('/favicon.ico', { 'accept-language': 'en' })
    expect([status, body.includes('There is no such page')]).toEqual([404, true])
  })
})

describe('an article', () => {
  it('is shown in the language that it is there in, and says so', async () => {
    const { id } = await createArticle(site.payload, { title: 'Om frihet', excerpt: 'Ingressen.' })
    const before = await site.visit('/en/articles/om-frihet')
    await updateArticle({
      payload: site.payload,
      id,
      locale: 'en',
      data: { title: 'On freedom', content: paragraph('The text.') },
    })
    const after = await site.visit('/en/articles/om-frihet')

    expect(before.status).toBe(200)
    expect(before.body).toContain('<html lang="en"')
    expect(before.body).toContain('<h1 lang="sv">Om frihet</h1>')
    expect(before.body).toContain('This article is only available in Swedish.')
    expect(before.body).toContain(`<link rel="canonical" href="${ORIGIN}/sv/articles/om-frihet"/>`)
    expect(before.body).not.toContain('hrefLang="en" href="http')
    expect(after.body).toContain('<h1 lang="en">On freedom</h1>')
    expect(after.body).toContain(`<link rel="canonical" href="${ORIGIN}/en/articles/om-frihet"/>`)
    expect(after.body).toContain(
      `<link rel="alternate" hrefLang="sv" href="${ORIGIN}/sv/articles/om-frihet"/>`,
    )
  })

  it('runs no script, whatever its text says', async () => {
    const title = '<script>alert(1)</script> & ]]> "x"'
    await createArticle(site.payload, { title, slug: 'elak', excerpt: title, content: paragraph(title) })
    const { body, headers } = await site.visit('/sv/articles/elak')
    expect(body).not.toContain('<script')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; (?!.*script-src)/)
  })

  it('is followed by the ones chosen by hand that are published, in their order', async () => {
    const [b, draft, c] = [
      await createArticle(site.payload, { title: 'B' }),
      await createArticle(site.payload, { title: 'Hemlig', _status: 'draft' }),
      await createArticle(site.payload, { title: 'C' }),
    ]
    const a = await createArticle(site.payload, { title: 'A' })
    await updateArticle({
      payload: site.payload,
      id: a.id,
      data: { relatedArticles: [c.id, draft.id, b.id] },
    })
    const { body } = await site.visit('/sv/articles/a')
    expect(titlesOn(body)).toEqual(['C', 'B'])
    expect(body).not.toContain('Hemlig')
  })

  it('is followed by the newest that share a topic when none is chosen', async () => {
    const { id: topic } = await createTopic(site.payload, { name: 'Arbete', slug: 'arbete' })
    const about = (title: string, day: number, more = {}) =>
      createArticle(site.payload, {
        title,
        topics: [topic],
        publishedAt: `2026-06-0${day}T08:00:00.000Z`,
        ...more,
      })
    await about('Ny', 5)
    await about('Gammal', 1)
    await about('Utkast', 6, { _status: 'draft' })
    await createArticle(site.payload, { title: 'Annat' })
    await about('Den', 3)
    expect(titlesOn((await site.visit('/sv/articles/den')).body)).toEqual(['Ny', 'Gammal'])
  })
})

describe('what is not published', () => {
  /** Every public address that could tell of an article. */
  const whereFound = async (secret: string, slug: string) => {
    const paths = [
      '/sv',
      '/en',
      '/sv?topic=arbete',
      `/sv/articles/${slug}`,
      `/en/articles/${slug}`,
      '/sv/articles/granne',
    ]
    const files = ['/sv/rss.xml', '/en/rss.xml', '/sitemap.xml', `/sv/articles/${slug}?preview=1`]
    const found: string[] = []
    for (const path of [...paths, ...files])
      if ((await site.visit(path)).body.includes(secret)) found.push(path)
    return found
  }

  it('is shown nowhere, before and after it was', async () => {
    const { payload } = site
    const { id: topic } = await createTopic(payload, { name: 'Arbete', slug: 'arbete' })
    await createArticle(payload, { title: 'Granne', topics: [topic] })
    const { id } = await createArticle(payload, {
      title: 'Hemligt',
      slug: 'hemligt',
      topics: [topic],
      _status: 'draft',
    })
    const asDraft = await whereFound('emligt<', 'hemligt')
    await updateArticle({ payload, id, data: { _status: 'published' } })
    const asPublished = await whereFound('emligt<', 'hemligt')
    await updateArticle({ payload, id, data: { _status: 'draft' } })
    const asUnpublished = await whereFound('emligt<', 'hemligt')
    await updateArticle({ payload, id, data: { _status: 'published' } })
    await updateArticle({ payload, id, data: { deletedAt: new Date().toISOString() } })
    const asTrash = await whereFound('emligt<', 'hemligt')
    await payload.update({ collection: 'articles', id, data: { deletedAt: null }, trash: true })
    await updateArticle({ payload, id, data: { _status: 'published' } })
    await hideFromSite({ payload, id })
    forgetPublic()
    const asMailed = await whereFound('emligt<', 'hemligt')

    expect([asDraft, asUnpublished, asTrash, asMailed]).toEqual([[], [], [], []])
    expect(asPublished).toContain('/sv/articles/hemligt')
    expect((await site.visit('/sv/articles/hemligt')).status).toBe(404)
  })

  it('is not shown in place of what is published', async () => {
    const { id } = await createArticle(site.payload, { title: 'Nu', slug: 'nu' })
    await updateArticle({
      payload: site.payload,
      id,
      draft: true,
      data: { title: 'Kommande', _status: 'draft' },
    })
    for (const path of ['/sv/articles/nu', '/sv/articles/nu?preview=1', '/sv', '/sv/rss.xml']) {
      const { body } = await site.visit(path)
      expect([path, body.includes('Nu'), body.includes('Kommande')]).toEqual([path, true, false])
    }
  })

  it('is shown to staff who ask for it, by slug or id, and kept nowhere', async () => {
    const { id } = await createArticle(site.payload, { title: 'Nu', slug: 'nu' })
    await updateArticle({
      payload: site.payload,
      id,
      draft: true,
      data: { title: 'Kommande', _status: 'draft' },
    })
    // A browser says of each request where it comes from; without that Payload takes no cookie.
    const headers = { cookie: await logIn(site.payload), 'sec-fetch-site': 'same-origin' }
    for (const name of ['nu', id]) {
      const answer = await site.visit(`/sv/articles/${name}?preview=1`, headers)
      const { status, body } = answer
      expect([status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
      expect(body).toContain('<h1 lang="sv">Kommande</h1>')
      expect(body).toContain('<meta name="robots" content="noindex"/>')
    }
    expect((await site.visit('/sv/articles/nu', headers)).body).toContain('<h1 lang="sv">Nu</h1>')
    const forged = { ...headers, cookie: `${headers.cookie}x` }
    expect((await site.visit('/sv/articles/nu?preview=1', forged)).body).not.toContain('Kommande')
  })
})

describe('the feed', () => {
  it('holds the newest articles in full, with absolute addresses', async () => {
    await createArticle(site.payload, {
      title: 'Äldre',
      publishedAt: '2026-06-01T08:00:00.000Z',
      slug: 'aldre',
    })
    await createArticle(site.payload, {
      title: 'Nyare ]]> <b>',
      slug: 'nyare',
      excerpt: 'Kort & gott',
      publishedAt: '2026-06-02T08:00:00.000Z',
    })
    const { status, headers, body } = await site.visit('/sv/rss.xml')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/rss+xml; charset=utf-8'])
    expect(body).toContain(`<link>${ORIGIN}/sv/articles/nyare</link>`)
    expect(body).toContain('<![CDATA[<p>Texten till Äldre.</p>]]>')
    expect(body).not.toMatch(/(href|src)="\//)
    expect(itemsOf(body.replaceAll(']]]]><![CDATA[>', '⟧>'))).toEqual(['Nyare ⟧> <b>', 'Äldre'])
  })
})

/** What a strict reader of XML 1.0 objects to. */
function faultsOf(xml: string): string[] {
  const faults: string[] = []
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', ({ message }) => faults.push(message))
  parser.write(xml).close()
  return faults
}

it('feeds and the sitemap are XML, whatever the database holds', async () => {
  const bad = 'a\u0001\u000b\u001f\u007f\u0085\u2028\ufffe\uffff]]>&<b>\u202e\u200d👩'
  const { id } = await createArticle(site.payload, { title: 'Smuts' })
  await site.payload.db.updateOne({
    collection: 'articles',
    id,
    data: { title: { sv: bad }, excerpt: { sv: bad }, content: { sv: paragraph(bad) } },
  })
  const files = await Promise.all(
    ['/sv/rss.xml', '/en/rss.xml', '/sitemap.xml'].map((path) => site.visit(path)),
  )
  expect([files.map(({ body }) => faultsOf(body)), files[0]?.body.includes('👩')]).toEqual([
    [[], [], []],
    true,
  ])
  expect(faultsOf(`<a>${bad}</a>`)).not.toEqual([])
})

/** All that a reader can tell of an answer. */
const told = async (path: string, headers?: Record<string, string>) => {
  const answer = await site.visit(path, headers)
  return { ...answer, headers: [...answer.headers] }
}
const wayOf = async (path: string, headers?: Record<string, string>) => {
  const { status, headers: given } = await site.visit(path, headers)
  return [status, given.get('location')]
}

describe('the permanent address of an article', () => {
  it('leads to it in the language that it names, else in the browser’s', async () => {
    const { id } = await createArticle(site.payload, { title: 'Om frihet', slug: 'om-frihet' })
    expect([
      await wayOf(`/a/${id}?l=sv`),
      await wayOf(`/a/${id}?l=en`),
      await wayOf(`/a/${id}`, { 'accept-language': 'en-GB' }),
      await wayOf(`/a/${id}?l=//annan.example`, { 'accept-language': 'sv' }),
      (await site.visit(`/a/${id}`)).headers.get('vary'),
    ]).toEqual([
      [302, '/sv/articles/om-frihet'],
      [302, '/en/articles/om-frihet'],
      [302, '/en/articles/om-frihet'],
      [302, '/sv/articles/om-frihet'],
      'Accept-Language',
    ])
  })

  it.each(['.', ')', ',', ').', '&gt;', '%3E', '%29', '%22', '%C2%BB', '*'])(
    'is understood with “%s” behind it',
    async (mark) => {
      const { id } = await createArticle(site.payload, { title: 'Nu' })
      expect([await wayOf(`/a/${id}${mark}?l=sv`), await wayOf(`/a/${id}?l=sv${mark}`)]).toEqual([
        [302, '/sv/articles/nu'],
        [302, '/sv/articles/nu'],
      ])
    },
  )

  it('answers of a hidden article byte by byte as of one that never was', async () => {
    const { payload } = site
    const draft = await createArticle(payload, { title: 'Utkast', _status: 'draft' })
    const trashed = await createArticle(payload, { title: 'Papperskorg' })
    await updateArticle({ payload, id: trashed.id, data: { deletedAt: new Date().toISOString() } })
    const taken = await createArticle(payload, { title: 'Avpublicerad' })
    await updateArticle({ payload, id: taken.id, data: { _status: 'draft' } })
    const mailed = await createArticle(payload, { title: 'Bara brev' })
    await hideFromSite({ payload, id: mailed.id })
    const names = [
      999_999,
      draft.id,
      trashed.id,
      taken.id,
      mailed.id,
      'x',
      '0',
      '-1',
      '1e3',
      '9'.repeat(40),
      '..%2F1',
    ]
    const answers = await Promise.all(names.map((name) => told(`/a/${name}?l=sv`)))
    expect(answers).toEqual(names.map(() => ({ ...answers[0], status: 404 })))
  })
})

describe('the page of an article that is only mailed', () => {
  const create = async (title: string) => {
    const { id, createdAt } = await createArticle(site.payload, { title })
    await hideFromSite({ payload: site.payload, id })
    const of = { secret: 'a secret of the tests', articleId: String(id), createdAt: new Date(createdAt) }
    return { id, of, path: `/m/${webVersionName({ ...of, edition: 1 })}?l=sv` }
  }

  it('is there for whoever has its address, for no search engine, and tells other sites nothing', async () => {
    const { path } = await create('Till er')
    const { status, body, headers } = await site.visit(path)
    expect([status, headers.get('x-robots-tag'), headers.get('referrer-policy')]).toEqual([
      ...[200, 'noindex', 'no-referrer'],
    ])
    expect(body).toContain('<h1 lang="sv">Till er</h1>')
    expect(body).toContain('<meta name="robots" content="noindex"/>')
    expect(body).not.toMatch(/rel="canonical"|og:url/)
    expect((await site.visit(path.replace('?l=sv', ').?l=sv'))).status).toBe(200)
  })

  it('leads to the site once the article is there, and is gone when it is unpublished', async () => {
    const { id, path } = await create('Först brev')
    await updateArticle({ payload: site.payload, id, data: { visibility: 'public' } })
    const shown = await wayOf(path)
    await updateArticle({ payload: site.payload, id, data: { _status: 'draft' } })
    expect([shown, (await site.visit(path)).status]).toEqual([[302, '/sv/articles/f-rst-brev'], 404])
  })

  it('is found by nobody else: what is no name, or another’s, answers as an article that never was', async () => {
    const { id, of, path } = await create('Ert')
    const other = await create('Andras')
    const name = (more: Partial<WebVersion & { secret: string }>) =>
      `/m/${webVersionName({ ...of, edition: 1, ...more })}?l=sv`
    const shown = await createArticle(site.payload, { title: 'För alla' })
    const draft = await createArticle(site.payload, { title: 'Utkast', _status: 'draft' })
    const key = path.slice(path.lastIndexOf('.') + 1)
    const paths = [
      name({ articleId: '999999' }),
      name({ secret: 'another' }),
      // The id was given out again, after a restore.
      name({ createdAt: new Date(of.createdAt.getTime() + 1) }),
      name({ articleId: String(draft.id), createdAt: new Date(draft.createdAt) }),
      `/m/${other.id}.1.${key}`,
      `/m/${id}.2.${key}`,
      `/m/${shown.id}.1.${key}`,
      `/m/${id}.1.${key.slice(0, 21)}?l=sv`,
      `/m/${id}.1.x${key}`,
      ...['/m/1.1.', '/m/x?l=sv', `/m/${'9'.repeat(4_000)}?l=sv`, '/m/..%2F1?l=sv'],
    ].map((each) => (each.includes('?') ? each : `${each}?l=sv`))
    const answers = await Promise.all(paths.map((each) => told(each)))
    expect(answers).toEqual(paths.map(() => ({ ...answers[0], status: 404 })))
    // Another edition of the same article has an address of its own.
    expect((await site.visit(name({ edition: 2 }))).status).toBe(200)
  })
})

describe('a former address', () => {
  it('leads to the present one in its language for as long as readers see the article, and stands in no list', async () => {
    const { payload } = site
    const { id } = await createArticle(payload, { title: 'Ett' })
    await updateArticle({ payload, id, data: { slug: 'tva', _status: 'published' } })
    await updateArticle({ payload, id, draft: true, data: { slug: 'hemlig', _status: 'draft' } })
    const ways = [
      await wayOf('/sv/articles/ett'),
      await wayOf('/en/articles/Ett.'),
      await wayOf('/sv/articles/hemlig'),
    ]
    expect(ways).toEqual([
      [301, '/sv/articles/tva'],
      [301, '/en/articles/tva'],
      [404, null],
    ])
    const lists = await Promise.all(['/sv/rss.xml', '/sitemap.xml', '/sv'].map((path) => site.visit(path)))
    expect(lists.map(({ body }) => /articles\/(?:ett|hemlig)\b/.test(body))).toEqual([false, false, false])
    await updateArticle({ payload, id, data: { _status: 'draft' } })
    expect(await told('/sv/articles/ett')).toEqual(await told('/sv/articles/aldrig'))
  })
})

describe('an answer', () => {
  it.each(['/sv', '/sv/articles/nu', '/sv/rss.xml'])(
    'at %s is not sent twice until it changes',
    async (path) => {
      const { id } = await createArticle(site.payload, { title: 'Nu', slug: 'nu' })
      const first = await site.visit(path)
      const etag = first.headers.get('etag') ?? ''
      const again = await site.visit(path, { 'if-none-match': etag })
      const weak = await site.visit(path, { 'if-none-match': `"other", W/${etag}` })
      await updateArticle({ payload: site.payload, id, data: { title: 'Nyss' } })
      const changed = await site.visit(path, { 'if-none-match': etag })

      expect(first.headers.get('cache-control')).toBe('public, no-cache')
      expect([again.status, again.body, weak.status]).toEqual([304, '', 304])
      expect([changed.status, changed.body.includes('Nyss')]).toEqual([200, true])
    },
  )

  it('says so when the database does not answer, and nothing else', async () => {
    await createArticle(site.payload, { title: 'Nu', slug: 'nu' })
    const { find } = site.payload
    site.payload.find = () => Promise.reject(new Error('SQLITE_CANTOPEN /var/secret.db'))
    try {
      const { status, body, headers } = await site.visit('/en/articles/nu')
      expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([
        503,
        '30',
        'no-store',
      ])
      expect(body).toContain('Something went wrong')
      expect(body).not.toContain('SQLITE')
    } finally {
      site.payload.find = find
    }
    expect((await site.visit('/en/articles/nu')).status).toBe(200)
  })
})

describe('every page', () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
      // How React writes them.
      'attr-case': 'off',
      'attribute-boolean-style': 'off',
      'void-style': ['error', { style: 'selfclose' }],
      'no-inline-style': 'off',
      'long-title': 'off',
    },
  })

  it('is valid HTML that a screen reader can use', async () => {
    const { payload } = site
    const { id: topic } = await createTopic(payload, { name: 'Arbete & vila', slug: 'arbete' })
    await createArticle(payload, { title: 'Ett', slug: 'ett', topics: [topic], excerpt: 'Kort.' })
    await createArticle(payload, { title: 'Två', slug: 'tva', topics: [topic] })
    const reader = await createSubscriber(payload, { email: 'page@example.com', topics: [topic] })
    const token = (purpose: 'leave' | 'preferences') =>
      makeReaderToken({
        secret: process.env.PAYLOAD_SECRET ?? '',
        purpose,
        ...rowOf(reader),
        expiresAt: purpose === 'leave' ? null : new Date(Date.now() + 3_600_000),
        data: null,
      })
    const cookie = { cookie: await logIn(payload), 'sec-fetch-site': 'same-origin' }
    const paths = [
      '/sv',
      '/en?topic=arbete',
      '/sv/articles/ett',
      '/en/articles/ett',
      '/sv/articles/ett?preview=1',
      '/sv/nothing',
      `/unsubscribe?token=${token('leave')}`,
      `/preferences?token=${token('preferences')}&saved=1`,
      `/preferences?token=${token('preferences')}&step=erase`,
      '/preferences?token=x',
    ]
    for (const path of paths) {
      const { body } = await site.visit(path, cookie)
      const report = await validator.validateString(body)
      const messages = report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
      )
      expect([path, messages]).toEqual([path, []])
    }
  })
})

describe('for robots', () => {
  it('the sitemap names every published article in each of its languages', async () => {
    const { id } = await createArticle(site.payload, { title: 'Ett', slug: 'ett' })
    await createArticle(site.payload, { title: 'Två', slug: 'tva' })
    await createArticle(site.payload, { title: 'Utkast', slug: 'utkast', _status: 'draft' })
    await updateArticle({
      payload: site.payload,
      id,
      locale: 'en',
      data: { title: 'One', content: paragraph('x') },
    })
    const { body } = await site.visit('/sitemap.xml')
    const addresses = [...body.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address)
    expect(addresses.sort()).toEqual(
      ['/en', '/en/articles/ett', '/sv', '/sv/articles/ett', '/sv/articles/tva'].map((path) => ORIGIN + path),
    )
  })

  it('the admin and the readers’ pages are not to be found', async () => {
    const { body } = await site.visit('/robots.txt')
    expect(body.split('\n').filter((line) => line.startsWith('Disallow'))).toEqual([
      'Disallow: /admin',
      'Disallow: /api/',
      'Disallow: /unsubscribe',
      'Disallow: /preferences',
      'Disallow: /confirm',
    ])
  })
})
