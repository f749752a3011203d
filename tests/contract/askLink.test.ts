import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { linkAsker } from '../../src/adapters/preflight/askLink.ts'

let server: Server
let origin: string
let calls: string[]
beforeAll(async () => {
  server = createServer((request, response) => {
    calls.push(`${request.method} ${request.url}`)
    const [, first = '', second = ''] = (request.url ?? '').split('/')
    if (first === 'to') return void response.writeHead(302, { Location: decodeURIComponent(second) }).end()
    if (first === 'round') return void response.writeHead(302, { Location: request.url }).end()
    if (first === 'get-only' && request.method === 'HEAD') return void response.writeHead(405).end()
    if (first === 'cut') return void request.socket.destroy()
    response.writeHead(first === 'get-only' ? 200 : Number(first)).end('x'.repeat(1_000_000))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  calls = []
})

/** As from the net, to which this machine is no private one. */
const ask = (url: string) =>
  linkAsker({ isForbidden: (address) => address === '127.0.0.9', ports: ['', new URL(origin).port] })(url)
const to = (url: string) => `/to/${encodeURIComponent(url)}`

it.each([
  ['200', { kind: 'answered', status: 200 }, ['HEAD /200']],
  ['404', { kind: 'answered', status: 404 }, ['HEAD /404', 'GET /404']],
  ['410', { kind: 'answered', status: 410 }, ['HEAD /410']],
  ['500', { kind: 'answered', status: 500 }, ['HEAD /500']],
  ['get-only', { kind: 'answered', status: 200 }, ['HEAD /get-only', 'GET /get-only']],
  ['cut', { kind: 'silent' }, ['HEAD /cut']],
])('asks for /%s', async (path, answer, asked) => {
  expect(await ask(`${origin}/${path}`)).toEqual(answer)
  expect(calls).toEqual(asked)
})

it('follows a redirect, and not for ever', async () => {
  expect(await ask(origin + to('/200'))).toEqual({ kind: 'answered', status: 200 })
  calls = []
  expect(await ask(`${origin}/round`)).toEqual({ kind: 'silent' })
  expect(calls.length).toBeLessThan(8)
})

it('asks no private address: by number, by name, by redirect', async () => {
  const port = new URL(origin).port
  const stranger = linkAsker({ ports: ['', '1', port] })
  for (const url of [
    origin,
    `http://localhost:${port}/200`,
    `http://2130706433:${port}/200`,
    'http://[::1]:1/',
  ])
    expect({ url, answer: await stranger(url) }).toEqual({ url, answer: { kind: 'private' } })
  expect(calls).toEqual([])
  expect(await ask(origin + to(`http://127.0.0.9:${port}/200`))).toEqual({ kind: 'private' })
  expect(calls).toEqual([`HEAD ${to(`http://127.0.0.9:${port}/200`)}`])
})

it.each(['file:///etc/passwd', 'ftp://example.com/x', 'http://'])('follows nothing to %s', async (url) => {
  expect(await ask(origin + to(url))).toEqual({ kind: 'silent' })
})

it('is silent about a name that is not there', async () => {
  expect(await ask('http://no-such-name.invalid/')).toEqual({ kind: 'silent' })
})

it('knocks at no other ports than those of the web', async () => {
  expect(await linkAsker({ isForbidden: () => false })(`${origin}/200`)).toBe(null)
  expect(await ask(origin + to('http://127.0.0.1:9/'))).toEqual({ kind: 'silent' })
  expect(calls.filter((call) => call.includes('/200'))).toEqual([])
})
