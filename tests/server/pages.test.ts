import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { httpAs, registerEditor } from '../support/http.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

/** Every route of the site, with an address for each kind of its answers; what links of a reader open is tried in the browser. */
const ROUTES: Record<string, [address: string, status: number][]> = {
  '': [['/', 307]],
  '/[locale]': [
    ['/sv', 200],
    ['/en', 200],
    ['/de', 404],
  ],
  '/[locale]/[...rest]': [['/sv/nothing/here', 404]],
  '/[locale]/articles/[slug]': [
    ['/sv/articles/om-frihet', 200],
    ['/sv/articles/om-frihet-forr', 301],
    ['/sv/articles/hemligt', 404],
    ['/sv/articles/nothing', 404],
    ['/sv/articles/%E0%A4%A', 400],
  ],
  '/[locale]/contact': [['/sv/contact', 200]],
  '/[locale]/rss.xml': [
    ['/sv/rss.xml', 200],
    ['/de/rss.xml', 404],
  ],
  '/[locale]/subscribe': [['/en/subscribe', 200]],
  '/a/[id]': [
    ['/a/1', 302],
    ['/a/2', 404],
    ['/a/999', 404],
    ['/a/x', 404],
  ],
  '/assets/[name]': [
    ['/assets/subscribe-form.js', 200],
    ['/assets/nothing.js', 404],
  ],
  '/bench/[name]': [['/bench/nothing', 404]],
  '/confirm': [
    ['/confirm', 400],
    ['/confirm?token=wrong', 400],
  ],
  '/confirm-address': [['/confirm-address?token=wrong', 400]],
  // The right name, and what it answers, is in e2e/undo.
  '/m/[name]': [
    ['/m/1.1.xxxxxxxxxxxxxxxxxxxxxx', 404],
    ['/m/x', 404],
  ],
  '/preferences': [['/preferences?token=wrong', 400]],
  '/robots.txt': [['/robots.txt', 200]],
  '/sitemap.xml': [['/sitemap.xml', 200]],
  '/unsubscribe': [['/unsubscribe?token=wrong', 400]],
}

const SITE = new URL('../../src/app/(site)/', import.meta.url)

describe('the pages of the build', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer({ WORKER: 'off' })
    const { rest } = await registerEditor(server.baseUrl)
    const article = { content: paragraph('Texten.'), newsletter: { send: false } }
    const published = { ...article, _status: 'published' }
    await rest('POST', '/articles', { ...published, title: 'Om frihet', slug: 'om-frihet-forr' })
    await rest('PATCH', '/articles/1', { slug: 'om-frihet', _status: 'published' })
    await rest('POST', '/articles?draft=true', { ...article, title: 'Hemligt', slug: 'hemligt' })
  })
  afterAll(() => server.stop())

  const visit = async (method: 'GET' | 'HEAD', address: string) => {
    const response = await fetch(server.baseUrl + address, { method, redirect: 'manual' })
    const { status } = response
    const headers = [...response.headers.keys()].filter((name) => !OF_ITS_BODY.includes(name)).sort()
    return { status, headers, body: await response.text() }
  }

  it('are all in this table', () => {
    const routes = readdirSync(SITE, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(^|\/)(route|page)\.tsx?$/.test(file))
      .map((file) => `/${file}`.replace(/\/(route|page)\.tsx?$/, ''))
    expect(routes.sort()).toEqual(Object.keys(ROUTES).sort())
  })

  it.each(Object.values(ROUTES).flat())(
    '%s is %d, for HEAD too, which has no body',
    async (address, status) => {
      const [got, head] = [await visit('GET', address), await visit('HEAD', address)]
      expect([got.status, head]).toEqual([status, { status, headers: got.headers, body: '' }])
    },
  )

  it.each(Object.values(ROUTES).flat())(
    '%s is not written to by a stranger: no method fails',
    async (address) => {
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const { status } = await fetch(server.baseUrl + address, { method, redirect: 'manual' })
        expect([400, 404, 405]).toContain(status)
      }
    },
  )

  it('answer the admin’s page of a stranger with the way to log in', async () => {
    const { status } = await visit('GET', '/admin/login')
    expect([status, (await httpAs(server)('GET', '/users/me')).status]).toEqual([200, 200])
  })
})

/** HEAD may leave out how long the body is (RFC 9110, 9.3.2); the others are the connection's. */
const OF_ITS_BODY = ['content-length', 'transfer-encoding', 'date', 'connection', 'keep-alive']
