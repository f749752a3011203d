import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { serverDatabases } from '../support/databases.ts'
import { oddRequest } from '../support/fuzz/oddRequest.ts'
import { choicesOf } from '../support/fuzz/random.ts'
import {
  describe as describeRequest,
  sendRaw,
  type RawAnswer,
  type RawRequest,
} from '../support/fuzz/rawHttp.ts'
import { registerEditor } from '../support/http.ts'
import { isLong } from '../support/longRun.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const REQUESTS = isLong ? 5_000 : 300
const SEED = 20261129

describe.each(serverDatabases())('the build on $name', ({ variables }) => {
  let server: RunningServer
  let login: [name: string, value: string]
  beforeAll(async () => {
    server = await startServer({ ...variables(), WORKER: 'off' })
    const { token } = await registerEditor(server.baseUrl)
    login = ['Authorization', `JWT ${token}`]
  })
  afterAll(() => server?.stop())

  it(
    `answers ${REQUESTS} requests that nobody means with no fault of ours, each refusal with a reason`,
    async () => {
      const random = choicesOf(SEED)
      const faults: string[] = []
      for (let count = 0; count < REQUESTS; count += 1) {
        const odd = oddRequest(random)
        // One in three comes from an editor.
        const request = count % 3 === 0 ? { ...odd, headers: [...odd.headers, login] } : odd
        const fault = faultOf(request, await sendRaw(server.baseUrl, request))
        if (fault !== null) faults.push(`${fault}: ${describeRequest(request)}`)
      }
      expect(faults).toEqual([])
    },
    isLong ? 900_000 : 120_000,
  )

  const override: [string, string] = ['X-Payload-HTTP-Method-Override', 'GET']
  it.each<[string, number, Partial<RawRequest>]>([
    ['nothing at all', 200, { headers: [override, ['Content-Type', 'application/json']] }],
    [
      'JSON that names a charset',
      400,
      {
        headers: [override, ['Content-Type', 'application/json; charset=utf-8']],
        body: Buffer.from('{"limit":0}'),
      },
    ],
    [
      'JSON beside a query',
      200,
      {
        target: '/api/articles?limit=2',
        headers: [override, ['Content-Type', 'application/json']],
        body: Buffer.from('{"locale":"en"}'),
      },
    ],
    [
      'a form in parts',
      415,
      {
        headers: [override, ['Content-Type', 'multipart/form-data; boundary=b']],
        body: Buffer.from('--b--'),
      },
    ],
  ])('answers a POST that stands for a GET with %s: %d', async (_, status, given) => {
    const answer = await sendRaw(server.baseUrl, { ...POST, ...given })
    expect(answer?.status).toBe(status)
  })

  it.each([
    '__proto__',
    'constructor',
    'toString/count',
    'valueOf/login',
    'articles/__proto__',
    '%5F_proto__',
  ])('has nothing at /api/%s, which each object has', async (path) => {
    const asked = ['GET', 'POST', 'PATCH', 'DELETE'].map((method) =>
      sendRaw(server.baseUrl, { method, target: `/api/${path}`, headers: [], body: null }),
    )
    expect((await Promise.all(asked)).map((answer) => answer?.status)).toEqual([404, 404, 404, 404])
  })
})

const POST: RawRequest = { method: 'POST', target: '/api/articles', headers: [], body: null }

/** What is not as promised: null when all is. */
function faultOf({ method, target }: RawRequest, answer: RawAnswer | null): string | null {
  if (!answer) return 'no answer'
  const { status, body } = answer
  // What is not set up says so: there is no secret for webhooks here.
  if (status >= 500 && !(status === 503 && target.startsWith('/api/webhooks/')))
    return `${status} ${body.slice(0, 200)}`
  if (status < 400 || method === 'HEAD') return null
  if (!target.startsWith('/api')) return body === '' ? `${status} without a word` : null
  return hasMessages(body) ? null : `${status} in another form: ${body.slice(0, 200)}`
}

function hasMessages(body: string): boolean {
  try {
    const { errors } = JSON.parse(body) as { errors?: { message?: unknown }[] }
    return (
      Array.isArray(errors) &&
      errors.length > 0 &&
      errors.every(({ message }) => typeof message === 'string' && message !== '')
    )
  } catch {
    return false
  }
}
