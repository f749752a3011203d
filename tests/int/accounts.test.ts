import crypto from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { graphql } from 'graphql'
import { createLocalReq, handleEndpoints } from 'payload'
import { announceSetupCode } from '../../src/accounts/announceSetupCode.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { graphqlSchemaOf } from '../support/graphqlSchema.ts'

const PASSWORD = 'a password of the tests'
const NEW_PASSWORD = 'another password of the tests'

interface Asked {
  token?: string
  language?: string
  headers?: Record<string, string>
}

describe.each(testDatabases())('on $name', ({ open }) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await open({ SERVER_URL: 'https://news.example.com' })
  })
  afterAll(() => database.close())

  const call = async (method: string, path: string, body?: object, asked: Asked = {}) => {
    const { token, language = 'en', headers } = asked
    const response = await handleEndpoints({
      config: database.payload.config,
      payloadInstanceCacheKey: database.key,
      request: new Request(`https://news.example.com/api${path}`, {
        method,
        headers: {
          'Content-Type': 'application/json',
          'Accept-Language': language,
          ...(token !== undefined && { Authorization: `JWT ${token}` }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    return { status: response.status, body: answer, cookie: response.headers.get('set-cookie') }
  }
  const query = async (source: string, token?: string) => {
    const { payload } = database
    const schema = graphqlSchemaOf(payload)
    const headers = new Headers(token === undefined ? {} : { Authorization: `JWT ${token}` })
    const { user } = await payload.auth({ headers })
    const req = await createLocalReq({ user: user ?? undefined, req: { headers } }, payload)
    return graphql({ schema, source, contextValue: { req, headers: {} } })
  }
  const fieldOf = ({ body }: { body: Record<string, unknown> }) => {
    const [error] = body.errors as { data?: { errors?: { path: string; message: string }[] } }[]
    return error?.data?.errors?.map(({ path }) => path)
  }
  const logIn = async (email: string, password = PASSWORD) => {
    const { body } = await call('POST', '/users/login', { email, password })
    return String(body.token)
  }
  const startedWith = async () => {
    let printed = ''
    await announceSetupCode(database.payload, (text) => (printed += text))
    return printed
  }
  const codeIn = (printed: string) => /Setup code: (\S+)/.exec(printed)?.[1] ?? ''
  const register = (input: object, asked?: Asked) =>
    call(
      'POST',
      '/users/first-register',
      { email: 'first@example.com', password: PASSWORD, name: 'First', ...input },
      asked,
    )

  describe('the first registration', () => {
    it('is for whoever has the code that every start prints, which the database does not hold', async () => {
      const setupCode = codeIn(await startedWith())
      expect(setupCode).toMatch(/^[2-9a-z]{4}(-[2-9a-z]{4}){3}$/)
      expect(codeIn(await startedWith())).toBe(setupCode)
      const kept = await database.payload.kv.get('utskick-setup-code')
      expect(JSON.stringify(kept)).not.toContain(setupCode)

      expect([fieldOf(await register({})), (await register({})).status]).toEqual([['setupCode'], 400])
      expect(fieldOf(await register({ setupCode: 'wrong-code-0000' }))).toEqual(['setupCode'])
      expect(fieldOf(await register({ setupCode: { $ne: null } }))).toEqual(['setupCode'])
      expect(fieldOf(await register({ setupCode, password: 'hej' }))).toEqual(['password'])
      expect(
        (await call('POST', '/users', { email: 'x@example.com', password: PASSWORD, name: 'X' })).status,
      ).toBe(403)
      expect(await database.payload.count({ collection: 'users' })).toEqual({ totalDocs: 0 })

      const many = await Promise.all(
        [1, 2, 3, 4, 5].map((n) => register({ setupCode, email: `first${n}@example.com` })),
      )
      expect(many.map(({ status }) => status).toSorted()).toEqual([200, 403, 403, 403, 403])
      const { docs } = await database.payload.find({ collection: 'users' })
      expect(docs.map(({ role }) => role)).toEqual(['admin'])
      expect(many.find(({ status }) => status === 200)?.cookie).toMatch(/HttpOnly;.*Secure=true|Secure/)
      expect(await startedWith()).toBe('')

      expect((await register({ setupCode, email: 'later@example.com' })).status).toBe(403)
      await database.payload.delete({ collection: 'users', where: { id: { exists: true } } })
      expect(fieldOf(await register({ setupCode }))).toEqual(['setupCode'])
      const next = codeIn(await startedWith())
      expect(next).not.toBe(setupCode)
      const again = await register({ setupCode: next })
      expect([again.status, JSON.stringify(again.body).includes('seat')]).toEqual([200, false])
    })

    it('says in Swedish where the code stands', async () => {
      await database.payload.delete({ collection: 'users', where: { id: { exists: true } } })
      const { body } = await register({}, { language: 'sv' })
      expect(JSON.stringify(body)).toContain('Servern skriver den i sin utskrift')
    })

    it('is tried with ten wrong codes an hour', async () => {
      const answers = []
      for (let tries = 0; tries < 12; tries++)
        answers.push((await register({ setupCode: `wrong-${tries}` })).status)
      expect(answers.filter((status) => status === 429).length).toBeGreaterThan(0)
      expect(answers.at(-1)).toBe(429)
    })
  })

  describe('those with a login', () => {
    let tokens: Record<'admin' | 'editor' | 'author', string>
    const ids: Record<string, string | number> = {}
    beforeAll(async () => {
      await database.payload.delete({ collection: 'users', where: { id: { exists: true } } })
      for (const role of ['admin', 'editor', 'author'] as const) {
        const data = { email: `${role}@example.com`, password: PASSWORD, name: role, role }
        ids[role] = (await database.payload.create({ collection: 'users', data })).id
      }
      tokens = {
        admin: await logIn('admin@example.com'),
        editor: await logIn('editor@example.com'),
        author: await logIn('author@example.com'),
      }
    })
    afterEach(() => void jest.restoreAllMocks())

    it.each(['author', 'editor'] as const)(
      'see names of others and their own address: an %s',
      async (role) => {
        const token = tokens[role]
        const { body } = await call('GET', '/users?sort=name', undefined, { token })
        const users = (body.docs as { name: string; email?: string }[]).map(({ name, email }) => [
          name,
          email,
        ])
        expect(users).toEqual(
          ['admin', 'author', 'editor'].map((name) => [
            name,
            name === role ? `${role}@example.com` : undefined,
          ]),
        )
        const me = await call('GET', '/users/me', undefined, { token })
        expect(me.body.user).toMatchObject({ email: `${role}@example.com` })
        const list = await query('{ Users { docs { name email } } }', token)
        expect(JSON.stringify(list.data)).not.toContain('admin@example.com')
      },
    )

    it('learn no address by asking about it', async () => {
      const { body } = await call(
        'POST',
        '/articles?draft=true',
        { title: 'Owned', owner: ids.admin },
        { token: tokens.admin },
      )
      const article = body.doc as { id: string | number; owner: object }
      expect(article.owner).toMatchObject({ email: 'admin@example.com' })
      const paths = (word: string) => [
        `/users?where[email][like]=${word}`,
        `/users?where[or][0][email][like]=${word}`,
        `/users/count?where[email][like]=${word}`,
        `/users?where[id][contains][email][like]=${word}`,
        `/articles?draft=true&where[owner.email][like]=${word}`,
        `/articles?where[owner][contains][email][like]=${word}`,
        `/articles/versions?where[version.owner.email][like]=${word}`,
        `/payload-locked-documents?where[user.email][like]=${word}`,
        `/payload-locked-documents?where[user.value.email][like]=${word}`,
        `/payload-preferences?where[user.email][like]=${word}`,
        `/articles/${article.id}?draft=true&populate[users][email]=true&depth=2`,
        '/users?sort=email',
        '/users?sort=-email,name',
        '/articles?sort=owner.email',
        '/users?select[email]=true',
      ]
      for (const [index, path] of paths('admin@ex').entries()) {
        const hit = await call('GET', path, undefined, { token: tokens.author })
        const miss = await call('GET', paths('zzzzzz')[index] ?? '', undefined, { token: tokens.author })
        expect([path, JSON.stringify(hit).replaceAll('admin@ex', 'zzzzzz')]).toEqual([
          path,
          JSON.stringify(miss),
        ])
        expect(JSON.stringify(hit.body)).not.toContain('admin@example.com')
      }
      expect((await call('GET', '/users?sort=email', undefined, { token: tokens.author })).status).toBe(400)
      expect((await call('GET', '/users?sort=email', undefined, { token: tokens.admin })).status).toBe(200)
    })

    it.each([
      ['hej', 'short'],
      ['Password1234!', 'common'],
    ])('set no password such as %s', async (password) => {
      const token = tokens.admin
      const change = { password, currentPassword: PASSWORD }
      expect(
        fieldOf(await call('POST', '/users', { email: 'n@example.com', password, name: 'N' }, { token })),
      ).toEqual(['password'])
      expect(fieldOf(await call('PATCH', `/users/${ids.admin}`, change, { token }))).toEqual(['password'])
      expect(fieldOf(await call('PATCH', `/users/${ids.author}`, change, { token }))).toEqual(['password'])
      const reset = await database.payload.forgotPassword({
        collection: 'users',
        data: { email: 'editor@example.com' },
        disableEmail: true,
      })
      expect(fieldOf(await call('POST', '/users/reset-password', { token: reset, password }))).toEqual([
        'password',
      ])
      const created = await query(
        `mutation { createUser(data: { email: "g@example.com", name: "G", role: author, password: "${password}" }) { id } }`,
        token,
      )
      expect([created.data, created.errors?.length]).toEqual([{ createUser: null }, 1])
    })

    it('give their own password to change one, or an address, their own or another’s', async () => {
      const token = tokens.admin
      const patch = (id: unknown, body: object) => call('PATCH', `/users/${id}`, body, { token })
      for (const id of [ids.admin, ids.author]) {
        expect(fieldOf(await patch(id, { password: NEW_PASSWORD }))).toEqual(['currentPassword'])
        expect(fieldOf(await patch(id, { password: NEW_PASSWORD, currentPassword: 'no' }))).toEqual([
          'currentPassword',
        ])
        expect(fieldOf(await patch(id, { password: NEW_PASSWORD, currentPassword: [PASSWORD] }))).toEqual([
          'currentPassword',
        ])
        expect(fieldOf(await patch(id, { email: 'taken@example.com' }))).toEqual(['currentPassword'])
      }
      expect((await patch(ids.author, { name: 'author', email: 'author@example.com' })).status).toBe(200)
      const other = await patch(ids.author, { password: NEW_PASSWORD, currentPassword: PASSWORD })
      expect([other.status, JSON.stringify(other.body).includes(PASSWORD)]).toEqual([200, false])
      expect((await call('GET', '/users/me', undefined, { token: tokens.author })).body.user).toBeNull()
      tokens.author = await logIn('author@example.com', NEW_PASSWORD)
      expect(tokens.author.length).toBeGreaterThan(20)
      const graphqlRefusal = await query(
        `mutation { updateUser(id: ${JSON.stringify(ids.admin)}, data: { password: "${NEW_PASSWORD}" }) { id } }`,
        token,
      )
      expect(graphqlRefusal.errors?.map(({ message }) => message)).toEqual([
        'The following field is invalid: Your current password',
      ])
    })

    it('guess no current password for long', async () => {
      const guess = (n: number) =>
        call(
          'PATCH',
          `/users/${ids.editor}`,
          { password: NEW_PASSWORD, currentPassword: `guess ${n}` },
          { token: tokens.editor },
        )
      const answers = []
      for (let n = 0; n < 9; n++) answers.push((await guess(n)).status)
      expect(answers).toEqual([400, 400, 400, 400, 400, 400, 400, 400, 429])
    })

    it('are not told apart from strangers by a wrong login: the same answer, the same work', async () => {
      const hashes = jest.spyOn(crypto, 'pbkdf2')
      const answers = []
      for (const email of ['admin@example.com', 'nobody@example.com']) {
        hashes.mockClear()
        const { status, body } = await call('POST', '/users/login', { email, password: 'a wrong password' })
        answers.push({
          status,
          body,
          work: hashes.mock.calls.map(([, , ...parameters]) => parameters.slice(0, 3)),
        })
      }
      expect(answers[0]).toEqual(answers[1])
      expect([answers[0]?.status, answers[0]?.work.length]).toEqual([401, 1])
      const [known, unknown] = await Promise.all(
        ['admin@example.com', 'nobody@example.com'].map((email) =>
          query(`mutation { loginUser(email: "${email}", password: "wrong one") { token } }`),
        ),
      )
      expect(JSON.stringify(known)).toBe(JSON.stringify(unknown))
    })

    it('ask for a new password as strangers do, whatever becomes of the mail', async () => {
      const neverHandedOver = new Promise<never>(() => undefined)
      const send = jest.spyOn(database.payload, 'sendEmail').mockReturnValue(neverHandedOver)
      const answers = await Promise.all(
        ['editor@example.com', 'nobody@example.com'].map((email) =>
          call('POST', '/users/forgot-password', { email }),
        ),
      )
      expect(answers[0]).toEqual(answers[1])
      expect([answers[0]?.status, send.mock.calls.map(([{ to }]) => to)]).toEqual([
        200,
        ['editor@example.com'],
      ])
      const [known, unknown] = [
        await query('mutation { forgotPasswordUser(email: "admin@example.com") }'),
        await query('mutation { forgotPasswordUser(email: "nobody2@example.com") }'),
      ]
      expect([known, send.mock.calls.length]).toEqual([unknown, 2])
      expect((await call('POST', '/users/forgot-password', { email: { $ne: '' } })).status).toBe(400)
    })

    it('are locked out by nobody: wrong logins count where they come from, for known names and unknown ones', async () => {
      const wrong = (email: string) => call('POST', '/users/login', { email, password: 'a wrong password' })
      const answers: Record<string, number[]> = { 'editor@example.com': [], 'stranger@example.com': [] }
      for (const email of Object.keys(answers))
        for (let n = 0; n < 9; n++) answers[email]?.push((await wrong(email)).status)
      const [known, unknown] = Object.values(answers)
      expect(known).toEqual(unknown)
      expect(known?.at(-1)).toBe(429)
      for (let n = 0; n < 20; n++) await wrong(`name${n}@example.com`)
      expect((await wrong('yet-another@example.com')).status).toBe(429)
      const fromElsewhere = await database.payload.login({
        collection: 'users',
        data: { email: 'editor@example.com', password: PASSWORD },
      })
      expect(fromElsewhere.user?.email).toBe('editor@example.com')
    })

    it('write and remove no lock but their own, and take one over where they may write', async () => {
      const { payload } = database
      const locks = '/payload-locked-documents'
      const write = async (title: string, role: keyof typeof tokens) => {
        const { body } = await call('POST', '/articles?draft=true', { title }, { token: tokens[role] })
        return body.doc as { id: never }
      }
      const own = await write('Own', 'author')
      const foreign = await write('Foreign', 'admin')
      const lock = (value: never, user: string | number | undefined) =>
        payload.create({
          collection: 'payload-locked-documents',
          data: {
            document: { relationTo: 'articles', value },
            user: { relationTo: 'users', value: user as never },
          },
        })
      const onForeign = await lock(foreign.id, ids.admin)
      const onOwn = await lock(own.id, ids.editor)
      const onSite = await payload.create({
        collection: 'payload-locked-documents',
        data: { globalSlug: 'site', user: { relationTo: 'users', value: ids.admin as never } },
      })
      const holder = async (id: string | number) => {
        const { docs } = await payload.find({
          collection: 'payload-locked-documents',
          where: { id: { equals: id } },
          depth: 0,
        })
        return docs[0]?.user.value
      }
      const as = (role: keyof typeof tokens) => ({ token: tokens[role] })
      const forged = {
        document: { relationTo: 'articles', value: foreign.id },
        user: { relationTo: 'users', value: ids.admin },
      }
      expect((await call('POST', locks, forged, as('author'))).status).toBe(403)
      expect(
        (await call('DELETE', `${locks}?where[id][exists]=true`, undefined, as('author'))).body.docs,
      ).toEqual([])
      expect(
        (await call('DELETE', `${locks}/${onForeign.id}`, undefined, as('author'))).status,
      ).toBeGreaterThan(399)
      const toAuthor = { user: { relationTo: 'users', value: ids.author } }
      expect((await call('PATCH', `${locks}/${onForeign.id}`, toAuthor, as('author'))).status).toBe(403)
      expect((await call('PATCH', `${locks}/${onSite.id}`, toAuthor, as('author'))).status).toBe(403)
      await call('PATCH', `${locks}?where[id][exists]=true`, { globalSlug: 'site' }, as('author'))
      expect(await Promise.all([onForeign, onSite].map(({ id }) => holder(id)))).toEqual([
        ids.admin,
        ids.admin,
      ])

      expect(
        (
          await call(
            'PATCH',
            `${locks}/${onOwn.id}`,
            { user: { relationTo: 'users', value: ids.admin } },
            as('author'),
          )
        ).status,
      ).toBe(200)
      expect(await holder(onOwn.id)).toBe(ids.author)
      expect(
        (
          await call(
            'PATCH',
            `${locks}/${onForeign.id}`,
            { user: { relationTo: 'users', value: ids.admin } },
            as('editor'),
          )
        ).status,
      ).toBe(200)
      expect(await holder(onForeign.id)).toBe(ids.editor)
      const shown = await call(
        'GET',
        `${locks}?where[document.relationTo][equals]=articles&where[document.value][equals]=${foreign.id}`,
        undefined,
        as('author'),
      )
      expect([
        JSON.stringify(shown.body).includes('"name":"editor"'),
        JSON.stringify(shown.body).includes('editor@'),
      ]).toEqual([true, false])
      const onSubscribers = await query(
        'mutation { createPayloadLockedDocument(data: { globalSlug: "site" }) { id } }',
        tokens.author,
      )
      expect(onSubscribers.errors?.length).toBeGreaterThan(0)
      expect((await call('DELETE', `${locks}/${onOwn.id}`, undefined, as('author'))).status).toBe(200)
      expect((await call('GET', `${locks}`)).status).toBe(403)
    })

    it('are seen writing for as long as they do, though each autosave ends the lock, until somebody takes over', async () => {
      const locks = '/payload-locked-documents'
      const as = (role: keyof typeof tokens) => ({ token: tokens[role] })
      const { body } = await call('POST', '/articles?draft=true', { title: 'Together' }, as('editor'))
      const { id } = body.doc as { id: never }
      const saving = (title: string, role: keyof typeof tokens, query = '&autosave=true') =>
        call('PATCH', `/articles/${id}?draft=true${query}`, { title }, as(role))
      const held = async () => {
        const of = `where[document.relationTo][equals]=articles&where[document.value][equals]=${id}`
        const { body: answer } = await call('GET', `${locks}?${of}&depth=0`, undefined, as('admin'))
        return answer.docs as { id: never; user: { value: unknown } }[]
      }
      const holders = async () => (await held()).map(({ user }) => user.value)

      await saving('One', 'editor')
      await saving('Two', 'editor')
      expect(await holders()).toEqual([ids.editor])
      // It tells, and keeps nobody from saving.
      expect((await saving('Three', 'admin', '')).status).toBe(200)
      expect(await holders()).toEqual([ids.editor])
      const [lock] = await held()
      await call(
        'PATCH',
        `${locks}/${lock?.id}`,
        { user: { relationTo: 'users', value: ids.admin } },
        as('admin'),
      )
      expect((await saving('Four', 'editor')).status).toBe(200)
      expect(await holders()).toEqual([ids.admin])
      expect((await saving('Five', 'admin')).status).toBe(200)
      expect(await holders()).toEqual([ids.admin])
      // Who saves by hand is done, as everywhere in the admin.
      await saving('Six', 'admin', '')
      expect(await holders()).toEqual([])
    })

    it.each([
      ['POST', '/users/unlock', { email: 'admin@example.com' }],
      ['POST', '/users/refresh-token', {}],
      ['POST', '/users/logout', {}],
      ['POST', '/users/verify/abc', {}],
      ['GET', '/users/access', undefined],
    ])('%s %s tells a stranger nothing', async (method, path, body) => {
      const { status, body: answer } = await call(method, path, body)
      expect([path, status >= 400 && status < 500, JSON.stringify(answer)]).toEqual([
        path,
        true,
        expect.not.stringContaining('example.com'),
      ])
    })
  })
})
