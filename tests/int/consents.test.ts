import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import type { ReaderPurpose } from '../../src/newsletter/rules/readerToken.ts'
import { leaveList } from '../../src/readers/leaveList.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { findSuppressed } from '../../src/suppressions/findSuppressed.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { anybodyOn, clearReaders, consentsOf, readerRows, tokenOf } from '../support/readers.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'

describe.each(oneDatabase())('on $name, what a person agreed to and took back', ({ open }) => {
  let database: TestDatabase
  let admin: Awaited<ReturnType<typeof logInAs>>
  let editor: Awaited<ReturnType<typeof logInAs>>
  beforeAll(async () => {
    database = await open()
    admin = await logInAs({ ...database, role: 'admin' })
    editor = await logInAs({ ...database, role: 'editor' })
  })
  afterAll(() => database.close())
  beforeEach(() => clearReaders(database.payload))

  const person = { email: 'anna@example.com', locale: 'en', consentSource: 'form at the fair 2026' }
  const add = async (rest: Rest, data: object = person) => {
    const { status, body } = await rest('POST', '/subscribers?depth=0', data)
    return { status, body, doc: body.doc as Subscriber }
  }
  /** No API tells the key that a link needs. */
  const linkFor = async ({ id }: Pick<Subscriber, 'id'>, purpose: ReaderPurpose) => {
    const { payload } = database
    const reader = await payload.findByID({ collection: 'subscribers', id, depth: 0 })
    return tokenOf(payload, { reader, purpose })
  }
  const leave = async (reader: Pick<Subscriber, 'id'>, query = '') =>
    anybodyOn(database)('POST', `/unsubscribe?token=${await linkFor(reader, 'leave')}${query}`, {
      form: { 'List-Unsubscribe': 'One-Click' },
    })
  const row = (kind: string, source: string, by: unknown = null) => ({
    kind,
    source,
    by,
    locale: 'en',
    text: null,
  })

  it('begins, for somebody whom staff add, with who added them and from where', async () => {
    const { status, doc } = await add(editor.rest)
    expect([status, await consentsOf(database.payload, doc)]).toEqual([
      201,
      [row('added', 'form at the fair 2026', editor.id)],
    ])
    expect(Math.abs(Date.now() - Date.parse(doc.consentAt ?? ''))).toBeLessThan(10_000)
  })

  it.each([{ consentSource: undefined }, { consentSource: '  ' }])(
    'has to be said by staff who add somebody (%j)',
    async (change) => {
      const { status, body } = await add(editor.rest, { ...person, ...change })
      const [error] = body.errors as { data: { errors: object[] } }[]
      expect([status, error?.data.errors]).toEqual([
        400,
        [
          expect.objectContaining({
            path: 'consentSource',
            message: 'Say where the person asked for the newsletter, e.g. “form at the fair 2026”.',
          }),
        ],
      ])
      expect((await readerRows(database.payload)).subscribers).toEqual([])
    },
  )

  it('holds every way out and back', async () => {
    const { doc } = await add(editor.rest)
    await leave(doc)
    await anybodyOn(database)('POST', `/unsubscribe/undo?token=${await linkFor(doc, 'leave')}&from=page`)
    await leave(doc, '&from=page')
    const back = { status: 'active', consentSource: 'called on 28 November' }
    await admin.rest('PATCH', `/subscribers/${doc.id}`, back)
    await anybodyOn(database)('PATCH', `/preferences?token=${await linkFor(doc, 'preferences')}`, {
      json: { status: 'unsubscribed' },
    })
    await editor.rest('PATCH', `/subscribers/${doc.id}`, {
      ...back,
      consentSource: 'wrote to us',
      name: 'Anna',
    })
    await editor.rest('PATCH', `/subscribers/${doc.id}`, { email: 'Anna.Ny@example.com' })
    await editor.rest('PATCH', `/subscribers/${doc.id}`, { status: 'unsubscribed' })
    expect(await consentsOf(database.payload, doc)).toEqual([
      row('added', 'form at the fair 2026', editor.id),
      row('withdrawn', 'list-unsubscribe'),
      row('resumed', 'page'),
      row('withdrawn', 'page'),
      row('resumed', 'called on 28 November', admin.id),
      row('withdrawn', 'preferences'),
      row('resumed', 'wrote to us', editor.id),
      row('chose', 'staff', editor.id),
      row('address-changed', 'staff', editor.id),
      row('withdrawn', 'staff', editor.id),
    ])
  })

  const refusal = ({ status, body }: Awaited<ReturnType<Rest>>) => {
    const [error] = body.errors as { data?: { errors: { path: string; message: string }[] } }[]
    return [status, ...(error?.data?.errors ?? []).map(({ path, message }) => `${path}: ${message}`)]
  }
  const statusOf = async ({ id }: Pick<Subscriber, 'id'>) =>
    (await readerRows(database.payload)).subscribers.find((reader) => reader.id === id)?.status

  describe('once somebody has left', () => {
    const NO_GROUND =
      'consentSource: Say where the person asked for the newsletter anew; what stands here is what they took back or never confirmed.'

    it.each([
      ['nothing', {}],
      ['no words', { consentSource: '  ' }],
      ['none', { consentSource: null }],
      ['what they took back', { consentSource: ' form at the fair 2026 ' }],
    ])('is not given again by staff who say %s of where it is from', async (_, said) => {
      const { doc } = await add(editor.rest)
      await leave(doc)
      const before = await readerRows(database.payload)
      const answer = await editor.rest('PATCH', `/subscribers/${doc.id}`, { status: 'active', ...said })
      expect(refusal(answer)).toEqual([400, NO_GROUND])
      expect(await readerRows(database.payload)).toEqual(before)
    })

    it('is not given again by a program that writes back what it read before', async () => {
      const { doc } = await add(editor.rest)
      await leave(doc)
      const answer = await admin.rest('PATCH', `/subscribers/${doc.id}`, { ...doc, name: 'Anna' })
      expect([refusal(answer), await statusOf(doc)]).toEqual([[400, NO_GROUND], 'unsubscribed'])
    })

    it('is not given by one call for all who left or wait', async () => {
      const { payload } = database
      const left = await createSubscriber(payload, { email: 'left@example.com', status: 'unsubscribed' })
      const waits = await createSubscriber(payload, { email: 'waits@example.com', status: 'pending' })
      const everybody = '/subscribers?where[status][in]=unsubscribed,pending'
      const { body } = await editor.rest('PATCH', everybody, { status: 'active' })
      const [error] = body.errors as { code: string }[]
      expect([error?.code, await statusOf(left), await statusOf(waits)]).toEqual([
        'bulk_edit_limited',
        'unsubscribed',
        'pending',
      ])
    })

    it('is given again with where it is from, and since when', async () => {
      const { doc } = await add(editor.rest)
      await leave(doc)
      const consentAt = '2026-11-20T10:00:00.000Z'
      const said = { status: 'active', consentSource: 'letter', consentAt }
      const { body } = await editor.rest('PATCH', `/subscribers/${doc.id}?depth=0`, said)
      const { status, unsubscribedAt } = body.doc as Subscriber
      const { consents } = await readerRows(database.payload)
      const { kind, source, agreedAt } = consents.at(-1) ?? {}
      expect([status, unsubscribedAt ?? null, kind, source, agreedAt]).toEqual([
        'active',
        null,
        'resumed',
        'letter',
        consentAt,
      ])
    })

    it('is as old as the write that gives it again, where that says no time', async () => {
      const { payload } = database
      const old = { status: 'unsubscribed', consentAt: '2024-01-01T00:00:00.000Z' } as const
      const { id } = await createSubscriber(payload, old)
      await editor.rest('PATCH', `/subscribers/${id}`, { status: 'active', consentSource: 'letter' })
      const { consentAt } = await payload.findByID({ collection: 'subscribers', id, depth: 0 })
      expect(Math.abs(Date.now() - Date.parse(consentAt ?? ''))).toBeLessThan(10_000)
    })
  })

  describe('by status alone', () => {
    const BY_THE_PERSON =
      'status: Only the person can ask to confirm: with the form, which mails them a link. Add as “active” who has agreed, and say where.'
    const BY_SUPPRESSIONS = 'status: Suppress an address, or lift that, under “Suppressions”.'

    it.each([
      ['pending', BY_THE_PERSON],
      ['suppressed', BY_SUPPRESSIONS],
    ])('nobody is made %s by staff', async (status, reason) => {
      const added = await editor.rest('POST', '/subscribers', { ...person, status })
      const { doc } = await add(admin.rest)
      const moved = await admin.rest('PATCH', `/subscribers/${doc.id}`, { status })
      expect([refusal(added), refusal(moved), await statusOf(doc)]).toEqual([
        [400, reason],
        [400, reason],
        'active',
      ])
    })

    it('nobody who is suppressed is let go by staff', async () => {
      const { payload } = database
      const { doc } = await add(editor.rest)
      const now = depsOf(payload).clock.now()
      await suppress({ payload, email: person.email, reason: 'complained', detail: null, now })
      const answer = await admin.rest('PATCH', `/subscribers/${doc.id}`, { status: 'unsubscribed' })
      expect([refusal(answer), await statusOf(doc)]).toEqual([[400, BY_SUPPRESSIONS], 'suppressed'])
    })

    it('who was suppressed by hand in an earlier version, without a suppression, is let go with a ground', async () => {
      const { id } = await createSubscriber(database.payload, { status: 'suppressed' })
      const said = { status: 'active', consentSource: 'letter' }
      const refused = await editor.rest('PATCH', `/subscribers/${id}`, { status: 'active' })
      const { status } = await editor.rest('PATCH', `/subscribers/${id}`, said)
      expect([refused.status, status, await statusOf({ id })]).toEqual([400, 200, 'active'])
    })
  })

  it('keeps when somebody left, whatever staff write there, and through a suppression', async () => {
    const { payload } = database
    const { doc } = await add(editor.rest)
    await leave(doc)
    const unsubscribedAt = async () =>
      (await payload.findByID({ collection: 'subscribers', id: doc.id, depth: 0 })).unsubscribedAt
    const leftAt = await unsubscribedAt()
    await editor.rest('PATCH', `/subscribers/${doc.id}`, { unsubscribedAt: null, askedAt: '2020-01-01' })
    await payload.update({ collection: 'subscribers', id: doc.id, data: { status: 'suppressed' } })
    const { askedAt } = await payload.findByID({ collection: 'subscribers', id: doc.id, depth: 0 })
    expect([leftAt, await unsubscribedAt(), askedAt ?? null]).toEqual([expect.any(String), leftAt, null])
  })

  it('says who added somebody when that user is gone', async () => {
    const { payload } = database
    const login = { email: 'temp@example.com', password: 'a password of the tests' }
    const user = await payload.create({
      collection: 'users',
      data: { ...login, name: 'Tilda Temp', role: 'editor' },
    })
    await payload.create({
      collection: 'subscribers',
      data: { ...person, locale: 'en', status: 'active' },
      user,
    })
    await payload.delete({ collection: 'users', id: user.id })
    const { consents } = await readerRows(payload)
    expect(consents.map(({ kind, byName }) => [kind, byName])).toEqual([['added', 'Tilda Temp']])
  })

  it.each(['Dec 1, 2026', '2026-12-01T01:00:00+02:00'])('has its times in one spelling: %s', async (time) => {
    const iso = new Date(time).toISOString()
    const { doc } = await add(editor.rest, { ...person, consentAt: time, pausedUntil: time })
    const { body } = await editor.rest('PATCH', `/subscribers/${doc.id}?depth=0`, { pausedUntil: time })
    const changed = body.doc as Subscriber
    expect([doc.consentAt, doc.pausedUntil, changed.pausedUntil]).toEqual([iso, iso, iso])
    if (database.env.database.kind === 'mongodb') return
    const { rows } = await database.payload.db.drizzle.$client.execute('SELECT paused_until FROM subscribers')
    expect(rows.map(({ paused_until }) => paused_until)).toEqual([iso])
  })

  it('has one row for leaving, however often the button is pressed', async () => {
    const { doc } = await add(editor.rest)
    await Promise.all([leave(doc), leave(doc), leave(doc, '&from=page')])
    await leave(doc)
    expect((await consentsOf(database.payload, doc)).map(({ kind }) => kind)).toEqual(['added', 'withdrawn'])
  })

  it('gets the row of leaving that a crash kept back, when the button is pressed again', async () => {
    const { payload } = database
    const reader = await createSubscriber(payload)
    const leftAt = '2026-11-20T10:00:00.000Z'
    await payload.db.updateOne({
      collection: 'subscribers',
      id: reader.id,
      data: { status: 'unsubscribed', unsubscribedAt: leftAt },
    })
    await leave(reader)
    await leave(reader)
    const { consents } = await readerRows(payload)
    expect(consents.map(({ kind, at, source }) => [kind, at, source])).toEqual([
      ['withdrawn', leftAt, 'list-unsubscribe'],
    ])
  })

  it.each(['', '&from=page'])(
    'gets the row of leaving at once when the first try could not write it (%s)',
    async (query) => {
      const { payload } = database
      const { doc } = await add(editor.rest)
      const { create } = payload.db
      payload.db.create = () => {
        payload.db.create = create
        return Promise.reject(new Error('the database is away'))
      }
      const answers = [await leave(doc, query), await leave(doc, query), await leave(doc, query)]
      expect(answers.map(({ status }) => status)).toEqual(query ? [303, 303, 303] : [503, 200, 200])
      expect(await consentsOf(payload, doc)).toEqual([
        row('added', 'form at the fair 2026', editor.id),
        row('withdrawn', query ? 'page' : 'list-unsubscribe'),
      ])
    },
  )

  it('gets the row of taking it back when the first try could not write it', async () => {
    const { payload } = database
    const { doc } = await add(editor.rest)
    await leave(doc)
    const token = await linkFor(doc, 'leave')
    const undo = () => anybodyOn(database)('POST', `/unsubscribe/undo?token=${token}`)
    const { create } = payload.db
    payload.db.create = () => {
      payload.db.create = create
      return Promise.reject(new Error('the database is away'))
    }
    const statuses = [(await undo()).status, (await undo()).status, (await undo()).status]
    expect([statuses, await consentsOf(payload, doc)]).toEqual([
      [503, 200, 200],
      [
        row('added', 'form at the fair 2026', editor.id),
        row('withdrawn', 'list-unsubscribe'),
        row('resumed', 'list-unsubscribe'),
      ],
    ])
  })

  it('is left by who was let go of in the very moment that they leave', async () => {
    const { payload } = database
    const { doc } = await add(editor.rest)
    await payload.update({ collection: 'subscribers', id: doc.id, data: { status: 'suppressed' } })
    const { updateOne } = payload.db
    let calls = 0
    payload.db.updateOne = async (...input) => {
      calls += 1
      if (calls === 2)
        await updateOne.apply(payload.db, [
          { collection: 'subscribers', id: doc.id, data: { status: 'active' }, returning: false },
        ])
      return updateOne.apply(payload.db, input)
    }
    const { status } = await leave(doc).finally(() => {
      payload.db.updateOne = updateOne
    })
    expect([status, await statusOf(doc)]).toEqual([200, 'unsubscribed'])
  })

  describe('of somebody who leaves while staff save their name', () => {
    /** Runs in the moment between what the save reads and what it writes. */
    const betweenReadAndWrite = (meanwhile: () => Promise<unknown>) => {
      const { updateOne } = database.payload.db
      database.payload.db.updateOne = async (...args) => {
        database.payload.db.updateOne = updateOne
        await meanwhile()
        return updateOne.apply(database.payload.db, args)
      }
    }
    const saveName = (doc: Subscriber) =>
      editor.rest('PATCH', `/subscribers/${doc.id}?depth=0`, { name: 'Anna Berg' })
    const standing = async () => {
      const { docs } = await database.payload.find({ collection: 'subscribers', depth: 0 })
      return docs.map(({ status, name, unsubscribedAt }) => [status, name ?? null, Boolean(unsubscribedAt)])
    }

    it('the leaving stays', async () => {
      const { doc } = await add(editor.rest)
      betweenReadAndWrite(() => leave(doc))
      expect((await saveName(doc)).status).toBe(200)
      expect(await standing()).toEqual([['unsubscribed', 'Anna Berg', true]])
    })

    it('the leaving stays also when the save comes before it is on record', async () => {
      const { doc } = await add(editor.rest)
      const { create } = database.payload
      database.payload.create = (async (options: never) => {
        database.payload.create = create
        await database.payload.db.updateOne({
          collection: 'subscribers',
          id: doc.id,
          data: { status: 'active', unsubscribedAt: null },
        })
        return create.call(database.payload, options)
      }) as typeof create
      expect((await leave(doc)).status).toBe(200)
      expect(await standing()).toEqual([['unsubscribed', null, true]])
    })
  })

  it('is changed and removed by nobody, not even an admin', async () => {
    const { doc } = await add(editor.rest)
    const { consents: before } = await readerRows(database.payload)
    const id = before[0]?.id
    const answers = [
      await admin.rest('POST', '/consents', { kind: 'confirmed', at: new Date(), source: 'me' }),
      await admin.rest('PATCH', `/consents/${id}`, { source: 'another' }),
      await admin.rest('PATCH', `/consents?where[id][exists]=true`, { source: 'another' }),
      await admin.rest('DELETE', `/consents/${id}`),
      await admin.rest('DELETE', '/consents?where[id][exists]=true'),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
    expect((await readerRows(database.payload)).consents).toEqual(before)
    expect(await consentsOf(database.payload, doc)).toHaveLength(1)
  })

  it('goes with the person whom an admin deletes, and no staff bring them back', async () => {
    const { payload } = database
    const { doc } = await add(editor.rest)
    expect((await admin.rest('DELETE', `/subscribers/${doc.id}`)).status).toBe(200)
    const { suppressions, ...rest } = await readerRows(payload)
    expect(rest).toEqual({ subscribers: [], consents: [], mails: [], deliveries: [], erasures: [] })
    expect(suppressions.map(({ email, reason }) => [email ?? null, reason])).toEqual([[null, 'erased']])
    expect(await findSuppressed({ payload, emails: [person.email] })).toEqual(
      new Map([[person.email, 'erased']]),
    )
    const again = await add(editor.rest, { ...person, email: ' ANNA@example.com ' })
    expect([again.status, JSON.stringify(again.body)]).toEqual([
      400,
      expect.stringContaining('comes back only by asking for the newsletter'),
    ])
    expect((await readerRows(payload)).subscribers).toEqual([])
  })

  it('does not bring back by staff who may not be mailed', async () => {
    const { payload } = database
    const { doc } = await add(editor.rest)
    const now = depsOf(payload).clock.now()
    await suppress({ payload, email: person.email, reason: 'complained', detail: null, now })
    const refused = await editor.rest('PATCH', `/subscribers/${doc.id}`, { status: 'active' })
    const renamed = await editor.rest('PATCH', `/subscribers/${doc.id}`, { name: 'Anna' })
    expect([refused.status, renamed.status]).toEqual([400, 200])
    const [after] = (await readerRows(payload)).subscribers
    expect([after?.status, after?.name]).toEqual(['suppressed', 'Anna'])
  })

  it.each([7, { equals: 'anna@example.com' }, ['anna@example.com']])(
    'does not begin for what is no address: %j',
    async (email) => {
      const { status } = await add(editor.rest, { ...person, email })
      expect([status, (await readerRows(database.payload)).subscribers]).toEqual([400, []])
    },
  )

  it('is not changed by a lookup that fails', async () => {
    const { payload } = database
    const reader = await createSubscriber(payload)
    const before = await readerRows(payload)
    const { find } = payload
    payload.find = () => Promise.reject(new Error('the database is away'))
    const failed = await leave(reader).finally(() => {
      payload.find = find
    })
    expect([failed.status, await readerRows(payload)]).toEqual([503, before])
  })

  it('is written for the person alone who leaves', async () => {
    const { payload } = database
    const [anna, bo] = [
      await createSubscriber(payload),
      await createSubscriber(payload, { email: 'bo@example.com' }),
    ]
    await leaveList({ payload, reader: anna, source: 'page', now: new Date() })
    expect([await consentsOf(payload, anna), await consentsOf(payload, bo)]).toEqual([
      [{ kind: 'withdrawn', source: 'page', by: null, locale: 'sv', text: null }],
      [],
    ])
  })
})
