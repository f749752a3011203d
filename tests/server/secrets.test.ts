import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createClient } from '@libsql/client'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const PASSWORD = 'a password of the tests'
const ROLES = ['admin', 'editor', 'author'] as const
type Role = (typeof ROLES)[number]

/** What no answer holds, of oneself or of others: columns of the users, and what a session is known by. */
const SECRETS =
  /"(?:sessions":\[\{|(?:_sid|hash|salt|resetPassword\w*|seat|linkKey|takesKeylessLinks)":(?!null))/
/** The one secret of an answer: who logs in gets their own token. */
const OWN_TOKENS = /^\/users\/(login|refresh-token|me)$/

describe('an answer of the build', () => {
  let server: RunningServer
  let article: number
  /** By the role of who owns what is answered, and of who asks. */
  const tokens = new Map<Role, string>()
  /** Ids of sessions and whatever else in the table of users is to stay there. */
  let values: string[]

  const send = async (method: string, path: string, { as, body }: { as?: Role; body?: object } = {}) => {
    const response = await fetch(`${server.baseUrl}${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(as && { Authorization: `JWT ${tokens.get(as)}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }
  const made = async (...args: Parameters<typeof send>) => {
    const { status, text } = await send(...args)
    if (status >= 300) throw new Error(`${args[1]}: ${text}`)
    return JSON.parse(text) as { token: string; doc: { id: number }; docs: { id: string }[] }
  }
  const person = (role: Role) => ({ email: `${role}@example.com`, name: role, role, password: PASSWORD })

  beforeAll(async () => {
    server = await startServer({ WORKER: 'off' })
    tokens.set('admin', (await made('POST', '/api/users/first-register', { body: person('admin') })).token)
    for (const role of ['editor', 'author'] as const) {
      await made('POST', '/api/users', { as: 'admin', body: person(role) })
      tokens.set(role, (await made('POST', '/api/users/login', { body: person(role) })).token)
    }
    const { doc } = await made('POST', '/api/articles?draft=true', {
      as: 'author',
      body: { title: 'Utkast', content: paragraph('Text.'), _status: 'draft' },
    })
    article = doc.id
    await made('PATCH', `/api/articles/${article}?draft=true`, { as: 'author', body: { title: 'Ändrat' } })
    await made('POST', '/api/subscribers', {
      as: 'editor',
      body: { email: 'anna@example.com', consentSource: 'mässan' },
    })
    await send('POST', '/api/users/forgot-password', { body: { email: 'author@example.com' } })
    const client = createClient({ url: server.environment.DATABASE_URL ?? '' })
    const rows = await client.batch([
      'SELECT id AS value FROM users_sessions',
      'SELECT hash AS value FROM users UNION SELECT salt FROM users UNION SELECT reset_password_token FROM users',
      'SELECT link_key AS value FROM subscribers',
    ])
    client.close()
    values = rows.flatMap((result) => result.rows.flatMap(({ value }) => (value ? [String(value)] : [])))
    expect(values).toHaveLength(3 + 2 * 3 + 1 + 1)
  })
  afterAll(() => server.stop())

  /** @param as whose own session the page of the admin knows, as its cookie does. */
  const leaks = (text: string, as?: Role) => [
    ...(SECRETS.exec(text) ?? []),
    ...values.filter((value) => text.includes(value) && !(as && value === sessionOf(tokens.get(as)))),
  ]

  const READS = [
    '/api/users/me',
    '/api/users?depth=2&limit=100',
    '/api/users/1?depth=2',
    '/api/users/3?depth=2',
    '/api/articles?depth=2&draft=true',
    '/api/articles/versions?depth=2',
    '/api/subscribers?depth=2',
    '/api/payload-locked-documents?depth=2',
    '/api/payload-preferences/x?depth=2',
    '/admin',
    '/admin/collections/users',
    '/admin/collections/articles/1',
    '/admin/account',
  ]
  it.each(ROLES.flatMap((as) => READS.map((path) => ({ as, path }))))(
    'to a reader who is $as holds no secret of anybody: GET $path',
    async ({ as, path }) => {
      const { status, text } = await send('GET', path, { as })
      const found = leaks(text, path.startsWith('/admin') ? as : undefined)
      expect([status < 500, found]).toEqual([true, []])
    },
  )

  it.each(ROLES)('to a writer who is %s holds none either, whatever comes with it', async (as) => {
    const { docs } = await made(
      'GET',
      `/api/articles/versions?where[parent][equals]=${article}&sort=createdAt`,
      {
        as: 'admin',
      },
    )
    const version = docs[0]?.id
    const query = (text: string) => ({ as, body: { query: text } })
    const answers = [
      await send('POST', `/api/articles/versions/${version}?draft=true&depth=2`, { as }),
      await send('PATCH', `/api/articles/${article}?draft=true&depth=2`, { as, body: { title: 'Nytt' } }),
      await send('POST', '/api/users/refresh-token', { as }),
      await send('POST', '/api/users/login', { body: person(as) }),
      await send('PATCH', `/api/users/${ROLES.indexOf(as) + 1}?depth=2`, { as, body: { name: `${as} ny` } }),
      await send('POST', '/api/graphql', query('{ meUser { user { id name } token exp } }')),
      await send(
        'POST',
        '/api/graphql',
        query(`mutation { restoreVersionArticle(id: ${version}, draft: true) { id owner { id name } } }`),
      ),
    ]
    const asked = await Promise.all(
      ['sessions { id expiresAt }', 'hash', 'salt', 'resetPasswordToken', 'seat'].map((field) =>
        send(
          'POST',
          '/api/graphql',
          query(`{ Users { docs { id ${field} } } meUser { user { ${field} } } }`),
        ),
      ),
    )
    const found = [...answers, ...asked].map(({ status, text }) => [status < 500, leaks(text)])
    expect(found).toEqual(found.map(() => [true, []]))
  })

  it('names the token of who logs in alone', async () => {
    const paths = READS.map((path) => path.replace('/api', '')).filter((path) => !OWN_TOKENS.test(path))
    const answers = await Promise.all(paths.map((path) => send('GET', `/api${path}`, { as: 'admin' })))
    const all = [...tokens.values()]
    expect(answers.filter(({ text }) => all.some((token) => text.includes(token)))).toEqual([])
  })
})

const sessionOf = (token = ''): unknown =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid?: unknown }).sid
