import { createHash, randomBytes } from 'node:crypto'
import {
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { BodyLimits } from '../../../src/web/bodyLimits.ts'
import { createWebServer, type Handler } from '../../../src/web/createWebServer.ts'

const KB = 1024
const JSON_TYPE = { 'Content-Type': 'application/json' }
const FILES = 'multipart/form-data; boundary=b'
const LIMITS: BodyLimits = {
  other: { bytes: 4 * KB, megabytes: 1, ms: 300, isStreamed: false },
  media: { bytes: 256 * KB, megabytes: 25, ms: 300, isStreamed: true },
  files: { bytes: 64 * KB, megabytes: 20, ms: 300, isStreamed: true },
  importFile: { bytes: 512 * KB, megabytes: 64, ms: 300, isStreamed: true },
}

let server: Server
let port: number
let handled: string[]
let handle: Handler
let errors: unknown[]

beforeEach(async () => {
  handled = []
  errors = []
  handle = async (request, response) => {
    response.end(JSON.stringify({ method: request.method, ...(await digest(request)) }))
  }
  server = createWebServer({
    limits: LIMITS,
    webhooks: { atOnce: 2, waiting: 1 },
    handle: async (request, response) => {
      handled.push(`${request.method} ${request.url}`)
      await handle(request, response)
    },
    onError: (error) => errors.push(error),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

describe('a body that is too long', () => {
  const tooLong = { en: 'This is too large: at most 1 MB can be sent here. Nothing of it was saved.' }

  it.each([
    '/api/users/login',
    '/api/graphql',
    '/api/nothing',
    '/sv/contact',
    '/admin',
    '/no/such/page',
    '/api/media/5/x',
  ])('is refused at %s by its length alone, before any of it is read', async (path) => {
    const answer = await send({ method: 'POST', path, headers: { 'Content-Length': 300_000_000 } })
    expect({ status: answer.status, connection: answer.headers.connection }).toEqual({
      status: 413,
      connection: 'close',
    })
    expect(handled).toEqual([])
  })

  it.each(['GET', 'DELETE', 'OPTIONS', 'PUT'])('is refused with %s too', async (method) => {
    const answer = await send({ method, path: '/api/articles', headers: { 'Content-Length': 5 * KB } })
    expect(answer.status).toBe(413)
    expect(handled).toEqual([])
  })

  it('that does not say how long it is, is refused as soon as it is', async () => {
    const answer = await send({
      method: 'POST',
      path: '/api/users/login',
      headers: JSON_TYPE,
      body: [Buffer.alloc(3 * KB), Buffer.alloc(3 * KB)],
    })
    expect(answer).toMatchObject({
      status: 413,
      body: JSON.stringify({ errors: [{ code: 'body_too_large', message: tooLong.en }] }),
    })
    expect(handled).toEqual([])
  })

  it('that a route is reading already, fails there, and the caller gets the refusal', async () => {
    const read = new Promise((resolve) => {
      handle = async (request, response) => {
        resolve(await digest(request).catch((error: Error) => error.message))
        response.statusCode = 200
        response.setHeader('X-Late', 'yes')
        response.end('all is well')
      }
    })
    const answer = await send({
      method: 'POST',
      path: '/api/media',
      headers: { 'Content-Type': FILES },
      body: Array.from({ length: 8 }, () => Buffer.alloc(64 * KB)),
    })
    expect(await read).toBe('body_too_large')
    expect(answer.status).toBe(413)
    expect(answer.body).toContain('at most 25 MB')
    expect(answer.headers['x-late']).toBeUndefined()
    expect(errors).toEqual([])
  })

  it('reaches a caller that goes on sending megabytes meanwhile', async () => {
    const answer = await send({
      method: 'POST',
      path: '/api/graphql',
      headers: JSON_TYPE,
      body: Array.from({ length: 20 }, () => Buffer.alloc(1024 * KB)),
    })
    expect(answer.status).toBe(413)
  })

  it('is not sent at all by a caller who asks first', async () => {
    const text = await raw(
      'POST /api/graphql HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n\r\n',
    )
    expect(text).toMatch(/^HTTP\/1\.1 413 /)
  })

  it.each([
    [
      { 'Accept-Language': 'sv' },
      '/api/x',
      '{"errors":[{"code":"body_too_large","message":"Det här är för stort: högst 1 MB kan skickas hit. Inget av det sparades."}]}',
    ],
    [
      { Cookie: 'a=b; payload-lng=sv', 'Accept-Language': 'en' },
      '/api/x',
      '{"errors":[{"code":"body_too_large","message":"Det här är för stort: högst 1 MB kan skickas hit. Inget av det sparades."}]}',
    ],
    [{ 'Accept-Language': 'en', 'Next-Action': 'abc' }, '/admin', tooLong.en],
    [
      { 'Accept-Language': 'sv' },
      '/en/contact',
      expect.stringContaining(`<h1 style="font-size:1.25rem">${tooLong.en}</h1>`),
    ],
    [{}, '/contact', expect.stringContaining('<html lang="sv"')],
  ])('is refused in the language and shape of the caller: %j %s', async (headers, path, body) => {
    const answer = await send({ method: 'POST', path, headers: { ...headers, 'Content-Length': 5 * KB } })
    expect(answer.body).toEqual(body)
  })
})

describe('a body within its limit', () => {
  it.each([
    ['/api/users/login', 4 * KB],
    ['/api/media', 250 * KB],
    ['/api/subscribers/import', 500 * KB],
  ])('reaches the route at %s as it was sent, however it was sent', async (path, bytes) => {
    const body = randomBytes(bytes)
    const sha = createHash('sha1').update(body).digest('hex')
    const headers = { 'Content-Type': path.endsWith('import') ? 'text/csv' : FILES }
    const whole = await send({
      method: 'POST',
      path,
      headers: { ...headers, 'Content-Length': bytes },
      body: [body],
    })
    const chunked = await send({
      method: 'POST',
      path,
      headers,
      body: [body.subarray(0, 1000), body.subarray(1000)],
    })
    const expected = JSON.stringify({ method: 'POST', bytes, sha })
    expect([whole.body, chunked.body]).toEqual([expected, expected])
  })

  it('that does not come to its end in time is refused with 408', async () => {
    const text = await raw(
      'POST /api/users/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email"',
    )
    expect(text).toMatch(/^HTTP\/1\.1 408 /)
    expect(text).toContain('did not arrive whole within 0.3 seconds')
    expect(handled).toEqual([])
  })

  it('that the caller breaks off never looks whole to a route', async () => {
    const read = new Promise((resolve) => {
      handle = async (request) => resolve(await digest(request).catch((error: Error) => error.message))
    })
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /api/media HTTP/1.1\r\nHost: a\r\nContent-Type: ${FILES}\r\nContent-Length: 1000\r\n\r\nhalf of it`,
      () => socket.destroy(),
    )
    expect(await read).toBe('caller_gone')
  })
})

describe('JSON', () => {
  const json = (body: string, path = '/api/articles') =>
    send({ method: 'POST', path, headers: { 'Content-Type': 'application/json' }, body: [Buffer.from(body)] })

  it.each(['{"a":', '{a:1}', 'null', '[]', '"text"', '1', '{}{}', '\u0000'])(
    'that is no object, %j, is refused with 400',
    async (body) => {
      expect(await json(body)).toMatchObject({ status: 400, body: expect.stringContaining('no_json') })
      expect(handled).toEqual([])
    },
  )
  it('that is nested without end is refused with 400', async () => {
    const depth = 1500
    const answer = await json(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('json_too_deep') })
  })
  it.each(['{}', '{"a":"[[[{\\"{"}', `{"a":"${'['.repeat(500)}"}`, ''])('%j passes', async (body) => {
    expect((await json(body)).status).toBe(200)
  })
})

describe('the head of a request', () => {
  it.each([
    '/%E0%A4%A',
    '/sv/articles/%',
    '/api/articles/%zz',
    '/api/media/file/a%00.jpg',
    '/admin/%c3%28',
    '/%0d%0aSet-Cookie:x',
    'http://example.com/',
    '*',
  ])('with the address %s is refused with 400', async (path) => {
    const text = await raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect(text).toMatch(/^HTTP\/1\.1 400 /)
    expect(handled).toEqual([])
  })

  it.each([
    ['a long address', `GET /${'a'.repeat(9000)} HTTP/1.1\r\nHost: a`, 414],
    ['a head without end', `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${'a'.repeat(20_000)}`, 431],
    ['a method of another protocol', 'PROPFIND / HTTP/1.1\r\nHost: a', 405],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a', 405],
    ['no method at all', 'HELLO WORLD', 400],
    [
      'an action of a page of another site',
      'POST /admin HTTP/1.1\r\nHost: a\r\nNext-Action: x\r\nOrigin: http://b\r\nContent-Length: 0',
      403,
    ],
    [
      'an action of no site',
      'POST /admin HTTP/1.1\r\nHost: a\r\nNext-Action: x\r\nOrigin: x y\r\nContent-Length: 0',
      403,
    ],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b', 400],
    ['a host with a path', 'GET / HTTP/1.1\r\nHost: a/b', 400],
    [
      'a compressed body',
      'POST /api/x HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 0',
      415,
    ],
    [
      'multipart without a boundary',
      'POST /api/media HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data\r\nContent-Length: 0',
      400,
    ],
  ])('with %s is refused in words', async (_, head, status) => {
    const text = await raw(`${head}\r\nConnection: close\r\n\r\n`)
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(text.split('\r\n\r\n')[1]).toMatch(/\w+ \w+ \w+/)
    expect(handled).toEqual([])
  })

  it.each(['/sv/articles/%C3%A5', '/a?x=%E0%A4%A', '/api/articles?where[title][like]=100%', '//x', '/a%2Fb'])(
    '%s passes',
    async (path) => {
      await send({ method: 'GET', path })
      expect(handled).toEqual([`GET ${path}`])
    },
  )
})

describe('a refusal without a word', () => {
  it.each([
    [
      '/api/graphql',
      405,
      'application/json; charset=utf-8',
      '{"errors":[{"code":"method_not_allowed","message":',
    ],
    ['/api/x', 415, 'application/json; charset=utf-8', '{"errors":[{"code":"type_not_taken","message":'],
    ['/sv/rss.xml', 405, 'text/html; charset=utf-8', '<!DOCTYPE html><html lang="sv"'],
  ])('of %s gets one: %d', async (path, status, type, start) => {
    handle = async (_, response) => {
      response.statusCode = status
      response.setHeader('Allow', 'GET')
      // As Next does.
      response.flushHeaders()
      response.end()
    }
    const answer = await send({ method: 'DELETE', path })
    expect([answer.status, answer.headers['content-type'], answer.headers.allow]).toEqual([
      status,
      type,
      'GET',
    ])
    expect(answer.body.slice(0, start.length)).toBe(start)
  })

  it('of a handler that sends its head first gets one too, and what such a one says goes out as it is', async () => {
    handle = async ({ url }, response) => {
      response.writeHead(url === '/api/silent' ? 405 : 404, { 'X-Kept': 'yes' })
      response.end(url === '/api/silent' ? undefined : 'spoken')
    }
    const silent = await send({ method: 'DELETE', path: '/api/silent' })
    const spoken = await send({ method: 'DELETE', path: '/api/spoken' })
    expect([silent.status, JSON.parse(silent.body)]).toEqual([
      405,
      { errors: [{ code: 'method_not_allowed', message: 'This method is not allowed here.' }] },
    ])
    expect([spoken.status, spoken.body, spoken.headers['x-kept']]).toEqual([404, 'spoken', 'yes'])
  })

  it('is left as it is when it says something, and an answer that is none stays empty', async () => {
    handle = async ({ url }, response) => {
      response.statusCode = url === '/api/a' ? 404 : 204
      response.end(url === '/api/a' ? '{"errors":[]}' : undefined)
    }
    const [refused, empty] = [
      await send({ method: 'DELETE', path: '/api/a' }),
      await send({ method: 'DELETE', path: '/api/b' }),
    ]
    expect([refused.body, empty.status, empty.body]).toEqual(['{"errors":[]}', 204, ''])
  })

  it.each([
    [
      'an expectation that is none',
      'GET /api/a HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n',
      417,
    ],
    ['the address of no endpoint', 'GET /api/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 404],
    ['what is no HTTP', 'x\r\n\r\n', 400],
  ])('is given to %s', async (_, request, status) => {
    const answer = await raw(request)
    const body = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { errors: { message: string }[] }
    expect([answer.slice(9, 12), body.errors.map(({ message }) => message.length > 10)]).toEqual([
      String(status),
      [true],
    ])
    expect(handled).toEqual([])
  })
})

describe('a form in parts, to a page', () => {
  const form = (body: string) =>
    send({
      method: 'POST',
      path: '/admin/login',
      headers: { 'Content-Type': 'multipart/form-data; boundary=b' },
      body: [Buffer.from(body)],
    })
  const part = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'

  it.each(['x', '--b\r\n', part, '--b\r\n: :\r\n\r\n1\r\n--b--\r\n'])(
    'that is broken or cut off is 400: %j',
    async (body) => {
      expect([(await form(body)).status, handled]).toEqual([400, []])
    },
  )

  it('goes on when it is whole', async () => {
    expect((await form(`${part}--b--\r\n`)).status).toBe(200)
  })
})

it.each<Record<string, string>>([{ Origin: 'http://a.example' }, { Origin: 'null' }, {}])(
  'an action of our own page passes, whatever a browser says of its origin: %j',
  async (origin) => {
    const headers = { Host: 'a.example', 'Next-Action': 'x', 'Content-Length': 0, ...origin }
    expect((await send({ method: 'POST', path: '/admin', headers })).status).toBe(200)
  },
)

describe('HEAD', () => {
  it.each<[string, Handler]>([
    [
      'a text that is ended at once',
      async (_, response) => void response.writeHead(200, { 'X-A': 'b' }).end('hej'),
    ],
    ['a text without headers', async (_, response) => void response.end('hej å')],
    [
      'a named length',
      async (_, response) => void response.writeHead(200, { 'Content-Length': 5 }).end('12345'),
    ],
    ['nothing', async (_, response) => void response.writeHead(204).end()],
    ['an empty 404', async (_, response) => void response.writeHead(404).end()],
  ])('answers as GET, without the body: %s', async (_, handler) => {
    handle = handler
    const get = await send({ method: 'GET', path: '/x' })
    const head = await send({ method: 'HEAD', path: '/x' })
    expect(comparable(head)).toEqual({ ...comparable(get), body: '' })
    expect(handled).toEqual(['GET /x', 'GET /x'])
  })

  it('of something long sends nothing of it', async () => {
    handle = async (_, response) => {
      response.writeHead(200)
      for (let part = 0; part < 10; part += 1) response.write('x'.repeat(1000))
      response.end()
    }
    expect(await raw('HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/,
    )
  })
})

it('a route that throws is answered with 500, and says why to the log alone', async () => {
  handle = async () => {
    throw new Error('SQLITE_ERROR: no such table')
  }
  const answer = await send({ method: 'GET', path: '/api/x' })
  expect(answer).toMatchObject({
    status: 500,
    body: '{"errors":[{"code":"failed","message":"Something went wrong on our side. Please try again in a moment."}]}',
  })
  expect(errors).toEqual([new Error('SQLITE_ERROR: no such table')])
})

/** Without what a HEAD may leave out (RFC 9110, section 9.3.2) and what the time is. */
const comparable = ({ headers: { date: _, 'transfer-encoding': __, ...headers }, ...answer }: Answer) => ({
  ...answer,
  headers,
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Sends the parts one after the other until there is an answer; without a length among the headers, chunked. */
describe('webhooks', () => {
  const HOOK = '/api/webhooks/resend'
  const post = (path = HOOK, headers = {}) =>
    send({ method: 'POST', path, headers: { ...JSON_TYPE, ...headers }, body: [Buffer.from('{}')] })
  let release: () => void
  let inside: string[]
  beforeEach(() => {
    inside = []
    const held = new Promise<void>((resolve) => (release = resolve))
    handle = async ({ url = '' }, response) => {
      inside.push(url)
      if (url.startsWith(HOOK)) await held
      response.end('{}')
    }
  })
  const untilInside = async (count: number) => {
    while (inside.length < count) await new Promise((resolve) => setImmediate(resolve))
  }

  it('are handled a few at a time while everybody else is answered, and what is too much is told when to come again', async () => {
    const first = [post(), post()]
    await untilInside(2)
    const [waits, refused] = [post(), post()]
    // The one that has no room is answered while the others are held.
    const { status, headers, body } = await Promise.race([waits, refused])
    expect([status, headers['retry-after'], headers.connection, JSON.parse(body)]).toEqual([
      ...[503, '5', 'close'],
      { errors: [{ code: 'webhooks_busy', message: expect.stringContaining('in a few seconds') }] },
    ])
    expect((await send({ method: 'GET', path: '/sv/articles/brevet' })).status).toBe(200)
    expect((await post('/api/articles')).status).toBe(200)
    expect(inside).toEqual([HOOK, HOOK, '/sv/articles/brevet', '/api/articles'])
    release()
    const statuses = (await Promise.all([...first, waits, refused])).map((answer) => answer.status)
    expect(statuses.toSorted()).toEqual([200, 200, 200, 503])
    expect((await post()).status).toBe(200)
  })

  it('take no place before their body is there', async () => {
    const slow = Array.from({ length: 5 }, () =>
      send({ method: 'POST', path: HOOK, headers: { ...JSON_TYPE, 'Content-Length': 10 } }),
    )
    const statuses = Promise.all(slow.map((answer) => answer.then(({ status }) => status)))
    release()
    expect((await post()).status).toBe(200)
    expect(await statuses).toEqual([408, 408, 408, 408, 408])
  })
})

const send = ({
  method,
  path,
  headers = {},
  body = [],
}: {
  method: string
  path: string
  headers?: Record<string, string | number>
  body?: Buffer[]
}) =>
  new Promise<Answer>((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false })
    let isAnswered = false
    request.on('response', (response) => {
      isAnswered = true
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        })
        request.destroy()
      })
    })
    request.on('error', (error) => {
      if (!isAnswered) reject(error)
    })
    request.flushHeaders()
    for (const part of body) request.write(part)
    // A length that was named and not sent: the answer comes without it.
    if (body.length > 0 || headers['Content-Length'] === undefined) request.end()
  })

/** What comes back until the server closes. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (part) => (answer += part.toString()))
    socket.on('error', reject)
    socket.on('end', () => {
      socket.destroy()
      resolve(answer)
    })
    // What is refused with a body under way stays open until the caller has read.
    socket.on('data', () => {
      if (/Connection: close/i.test(answer) && !answer.includes(' 200 ')) setImmediate(() => socket.end())
    })
  })

async function digest(request: IncomingMessage): Promise<{ bytes: number; sha: string }> {
  const hash = createHash('sha1')
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    hash.update(chunk)
  }
  return { bytes, sha: hash.digest('hex') }
}
