import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CollectionSlug } from 'payload'
import type { TestDatabase } from '../support/databases.ts'
import { httpAs } from '../support/http.ts'
import { oneDatabase } from '../support/longRun.ts'
import { everybody, ROLES, type Person, type Role } from '../support/permissions/everybody.ts'
import { makeRow } from '../support/permissions/rowsOf.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

/**
 * The answers to anonymous, reader, author, editor and admin. To staff, 400, 409 and 422 say that they are let in and that the
 * request makes no sense; to a link, 400 says that there is none.
 */
const MATRIX: Record<string, number[]> = {
  'GET /articles/:id/preflight': [401, 401, 200, 200, 200],
  'GET /articles/audience': [401, 401, 403, 200, 200],
  'GET /campaigns/:id/follow-up': [401, 401, 403, 200, 200],
  // Nothing is made yet.
  'GET /campaigns/:id/mail': [401, 401, 403, 404, 404],
  'GET /campaigns/:id/receipt': [401, 401, 403, 200, 200],
  // A reader's token is no parameter here.
  'GET /content/v1/articles': [200, 400, 200, 200, 200],
  'GET /content/v1/articles/:slug': [404, 400, 404, 404, 404],
  'GET /content/v1/authors': [200, 400, 200, 200, 200],
  'GET /content/v1/openapi.json': [200, 200, 200, 200, 200],
  'GET /content/v1/search': [400, 400, 400, 400, 400],
  'GET /content/v1/site': [200, 400, 200, 200, 200],
  'GET /content/v1/topics': [200, 400, 200, 200, 200],
  'GET /desk/domain': [401, 401, 403, 200, 200],
  'GET /health': [200, 200, 200, 200, 200],
  'GET /plans/:id/audience': [401, 401, 403, 200, 200],
  'GET /plans/times': [401, 401, 200, 200, 200],
  'GET /preferences': [400, 200, 400, 400, 400],
  'GET /preferences/data': [400, 200, 400, 400, 400],
  'GET /restored': [401, 401, 403, 200, 200],
  'GET /subscribers/:id/data': [401, 401, 403, 200, 200],
  'GET /subscribers/:id/timeline': [401, 401, 403, 200, 200],
  'GET /subscribers/export': [401, 401, 403, 200, 200],
  'GET /unsubscribe': [303, 303, 303, 303, 303],
  'OPTIONS /contact': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/articles': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/articles/:slug': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/authors': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/openapi.json': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/search': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/site': [204, 204, 204, 204, 204],
  'OPTIONS /content/v1/topics': [204, 204, 204, 204, 204],
  'OPTIONS /subscribe': [204, 204, 204, 204, 204],
  'PATCH /preferences': [400, 200, 400, 400, 400],
  'POST /articles/:id/give-back': [401, 401, 403, 400, 400],
  // Of a published article.
  'POST /articles/:id/hand-in': [401, 401, 403, 403, 403],
  'POST /articles/:id/mail-preview': [401, 401, 200, 200, 200],
  'POST /articles/:id/publish': [401, 401, 403, 400, 400],
  'POST /articles/:id/test-mail': [401, 401, 422, 422, 422],
  'POST /campaigns/:id/cancel': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/follow-up': [401, 401, 403, 400, 400],
  'POST /campaigns/:id/leave': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/mail-again': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/pause': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/recipients': [401, 401, 403, 200, 200],
  'POST /campaigns/:id/resume': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/retry': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/send-now': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/send-rest': [401, 401, 403, 409, 409],
  'POST /campaigns/:id/undo': [401, 401, 403, 409, 409],
  'POST /confirm': [400, 400, 400, 400, 400],
  'POST /contact': [400, 400, 400, 400, 400],
  'POST /contact-messages/:id/answered': [401, 401, 403, 400, 400],
  'POST /preferences': [303, 303, 303, 303, 303],
  'POST /preferences/address': [400, 200, 400, 400, 400],
  'POST /preferences/address/confirm': [400, 400, 400, 400, 400],
  'POST /preferences/erase': [400, 200, 400, 400, 400],
  'POST /preferences/pause': [400, 200, 400, 400, 400],
  'POST /preferences/renew': [400, 200, 400, 400, 400],
  'POST /imports/:id/undo': [401, 401, 403, 200, 200],
  'POST /presence': [401, 401, 404, 404, 404],
  'POST /restored/seen': [401, 401, 403, 200, 200],
  'POST /subscribe': [400, 400, 400, 400, 400],
  'POST /subscribers/:id/confirm-again': [401, 401, 403, 409, 409],
  'POST /subscribers/:id/pause': [401, 401, 403, 400, 400],
  'POST /subscribers/import': [401, 401, 403, 422, 422],
  'POST /subscribers/import/columns': [401, 401, 403, 422, 422],
  'POST /suppressions/:id/lift': [401, 401, 403, 403, 400],
  'POST /suppressions/add': [401, 401, 403, 400, 400],
  'POST /suppressions/lookup': [401, 401, 403, 400, 400],
  'POST /test-mails': [401, 401, 403, 400, 400],
  'POST /transactional-mails/:id/again': [401, 401, 403, 409, 409],
  'POST /unsubscribe': [400, 200, 400, 400, 400],
  'POST /unsubscribe/undo': [400, 200, 400, 400, 400],
  'POST /webhooks/resend': [400, 400, 400, 400, 400],
}

const RESEND = {
  MAILER: 'resend',
  RESEND_API_KEY: 're_test',
  // Nobody is there.
  RESEND_BASE_URL: 'http://127.0.0.1:1',
  RESEND_WEBHOOK_SECRET: 'whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHM=',
}

/** The production build on the database of a test; no worker, so that no row moves by itself. */
const serve = ({ env }: TestDatabase): Promise<RunningServer> =>
  startServer({ ...RESEND, DATABASE_URL: env.database.url, DATA_DIR: env.dataDir, WORKER: 'off' })

/** Where an empty body says nothing of who is let in. */
const BODIES: Record<string, object | string> = {
  '/subscribers/import': 'name\nAnna\n',
  '/subscribers/import/columns': 'name\nAnna\n',
  '/preferences/pause': { weeks: 2 },
  '/preferences/address': { email: 'anna.ny@example.com' },
}

describe.each(oneDatabase())('on $name, the endpoints of the build', ({ open }) => {
  let database: TestDatabase
  let server: RunningServer
  let people: Record<Role, Person>
  beforeAll(async () => {
    database = await open(RESEND)
    server = await serve(database)
    const { baseUrl } = server
    people = await everybody(database, { as: ({ token }) => httpAs({ baseUrl, ...(token && { token }) }) })
  })
  afterAll(async () => {
    await server.stop()
    await database.close()
  })

  it('are all in this table', () => {
    expect(ownEndpoints(database).toSorted()).toEqual(Object.keys(MATRIX).toSorted())
  })

  it.each(Object.entries(MATRIX))('%s', async (endpoint, expected) => {
    const [method = '', path = ''] = endpoint.split(' ')
    const answers: number[] = []
    for (const role of ROLES) {
      const [, slug = ''] = path.split('/')
      const id = path.includes(':id')
        ? await makeRow({ payload: database.payload, slug: slug as CollectionSlug })
        : ''
      const body = method === 'GET' ? undefined : (BODIES[path] ?? {})
      const { status } = await people[role].rest(
        method,
        path.replace(':id', String(id)).replace(':slug', 'nothing'),
        body,
      )
      answers.push(status)
    }
    expect(answers).toEqual(expected)
  })
})

/** Collections of which Payload's own endpoints are more than any other has: logins, files. */
const WITH_MORE = ['users', 'media', 'files']

/** `METHOD /path` of those that Payload does not bring: what only a plain collection has is Payload's. */
function ownEndpoints({ payload: { config } }: TestDatabase): string[] {
  const of = (prefix: string, endpoints: { method: string; path: string }[] | false | undefined) =>
    (endpoints || []).map(({ method, path }) => `${method.toUpperCase()} ${prefix}${path}`)
  const plain = of('', config.collections.find(({ slug }) => slug === 'rate-limits')?.endpoints)
  const own = config.collections
    .filter(({ slug }) => !slug.startsWith('payload-') && !WITH_MORE.includes(slug))
    .flatMap(({ slug, endpoints }) =>
      of('', endpoints)
        .filter((endpoint) => !plain.includes(endpoint))
        .map((endpoint) => endpoint.replace(' ', ` /${slug}`)),
    )
  return [...of('', config.endpoints).filter((endpoint) => !OF_PAYLOAD.includes(endpoint)), ...own]
}

const OF_PAYLOAD = ['GET /access']
