import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { handleEndpoints, type Payload } from 'payload'
import { followUp } from '../../src/contact/followUp.ts'
import { followUpForgotten } from '../../src/contact/followUpForgotten.ts'
import { depsOf } from '../../src/deps.ts'
import type { FrozenMail } from '../../src/newsletter/model.ts'
import { addressHash } from '../../src/newsletter/rules/addressHash.ts'
import type { ContactMessage } from '../../src/payload-types.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'

const START = new Date('2026-11-25T10:00:00.000Z')
const ANNA = { name: 'Anna Berg', email: 'anna.berg@example.com', message: 'Hej!\nKan ni hjälpa oss?' }

describe.each(oneDatabase())('on $name, the contact form', ({ open }) => {
  let database: TestDatabase
  let payload: Payload
  let staff: Record<'editor' | 'author', { rest: Rest; id: string | number }>
  let updateOne: Payload['db']['updateOne']
  let create: Payload['create']
  let lookForForgotten: () => Promise<boolean>

  beforeAll(async () => {
    database = await open()
    payload = database.payload
    staff = {
      editor: await logInAs({ ...database, role: 'editor' }),
      author: await logInAs({ ...database, role: 'author' }),
    }
    Object.assign(depsOf(payload), { sleep: async () => undefined })
    updateOne = payload.db.updateOne
    create = payload.create
    lookForForgotten = followUpForgotten(payload)
  })
  beforeEach(async () => {
    setNow(START)
    for (const collection of SLUGS) await payload.db.deleteMany({ collection, where: {} })
    await setSite({ contactNoticeTo: 'kontakt@example.com', callsPerHour: 20 })
  })
  afterEach(() => {
    payload.db.updateOne = updateOne
    payload.create = create
  })
  afterAll(() => database.close())

  const SLUGS = [
    'transactional-mails',
    'contact-messages',
    'suppressions',
    'consents',
    'subscribers',
    'rate-limits',
  ] as const
  const setNow = (now: Date) => Object.assign(depsOf(payload), { clock: { now: () => now } })
  const setSite = async (data: Record<string, unknown>) => {
    await payload.updateGlobal({
      slug: 'site',
      data: {
        name: 'Lövhaga',
        senderName: 'Lövhaga',
        senderEmail: 'brev@example.com',
        replyTo: 'hej@example.com',
        ...data,
      },
    })
  }
  const send = (body: unknown) => restAs(database)('POST', '/contact', body as object)
  const messages = async (): Promise<ContactMessage[]> =>
    (await payload.find({ collection: 'contact-messages', depth: 0, joins: false, sort: 'createdAt' })).docs
  const mails = async () => {
    const { docs } = await payload.find({ collection: 'transactional-mails', depth: 0, sort: ['kind', 'id'] })
    return docs.map((row) => ({ ...row, mail: row.mail as FrozenMail | null }))
  }
  const queued = async () => (await mails()).map(({ kind, email }) => [kind, email])
  const BOTH = [
    ['contact-notice', 'kontakt@example.com'],
    ['contact-thanks', ANNA.email],
  ]
  const NOTICE = BOTH.slice(0, 1)

  it('keeps the message, thanks the person and tells staff, who answer the person', async () => {
    const answer = await send({
      ...ANNA,
      name: '  Anna Berg ',
      email: ' Anna.Berg@Example.com',
      locale: 'en',
    })
    expect(answer).toEqual({ status: 200, body: { status: 'taken' } })
    const [message] = await messages()
    expect(message).toMatchObject({ ...ANNA, locale: 'en', wantsNewsletter: false })
    const both = await mails()
    expect(
      both.map(({ kind, email, locale, status, contactMessage, mail }) => ({
        kind,
        email,
        locale,
        status,
        contactMessage,
        replyTo: mail?.replyTo,
      })),
    ).toEqual([
      {
        kind: 'contact-notice',
        email: 'kontakt@example.com',
        locale: 'sv',
        status: 'pending',
        contactMessage: message?.id,
        replyTo: ANNA.email,
      },
      {
        kind: 'contact-thanks',
        email: ANNA.email,
        locale: 'en',
        status: 'pending',
        contactMessage: message?.id,
        replyTo: 'hej@example.com',
      },
    ])
    expect(both[0]?.mail?.text).toContain(
      `http://site.example/admin/collections/contact-messages/${message?.id}`,
    )
    expect(both[0]?.mail?.text).toContain('Kan ni hjälpa oss?')
    expect(both[1]?.mail?.text).not.toContain('hjälpa')
    expect(await payload.count({ collection: 'subscribers' })).toEqual({ totalDocs: 0 })
  })

  it('tells the address that replies go to, else the sender', async () => {
    await setSite({ contactNoticeTo: null })
    await send(ANNA)
    await setSite({ contactNoticeTo: null, replyTo: null })
    await send(ANNA)
    const notices = (await queued()).filter(([kind]) => kind === 'contact-notice')
    expect(notices.map(([, email]) => email)).toEqual(['hej@example.com', 'brev@example.com'])
  })

  it('leaves out what breaks a mail, and keeps what words and emoji are made of', async () => {
    const answer = await send({
      ...ANNA,
      name: 'Anna\r\nBcc: all@example.com\u0007 \u2028نیم\u200cفاصله',
      message: 'Rad ett\u000brad två\r\ntre\u0000\ufffe\ud800 👩\u200d💻',
    })
    expect(answer).toEqual({ status: 200, body: { status: 'taken' } })
    const [message] = await messages()
    const [notice] = await mails()
    const name = 'Anna Bcc: all@example.com نیم\u200cفاصله'
    expect([message?.name, message?.message, notice?.mail?.subject, notice?.mail?.text]).toEqual([
      name,
      'Rad ett\nrad två\ntre 👩\u200d💻',
      expect.stringContaining(name),
      expect.stringContaining('> Rad ett\n> rad två\n> tre 👩\u200d💻'),
    ])
  })

  it.each([
    [{ ...ANNA, name: '' }, 'name', 'must say who you are'],
    [{ ...ANNA, name: undefined }, 'name', 'must say who you are'],
    [{ ...ANNA, name: 'x'.repeat(101) }, 'name', 'must have at most 100 characters'],
    [{ ...ANNA, name: '\u200b\u00a0' }, 'name', 'must say who you are'],
    [
      { ...ANNA, email: 'anna@example.com\r\nBcc: b@example.com' },
      'email',
      'must be an e-mail address such as anna@example.com',
    ],
    [
      { ...ANNA, email: 'anna@example.com, b@example.com' },
      'email',
      'must be an e-mail address such as anna@example.com',
    ],
    [{ ...ANNA, email: 5 }, 'email', 'must be an e-mail address'],
    [{ ...ANNA, message: ' \n ' }, 'message', 'must say something'],
    [{ ...ANNA, message: 'x'.repeat(10_001) }, 'message', 'must have at most 10,000 characters'],
    [{ ...ANNA, locale: 'de' }, 'locale', 'must be one of: sv, en'],
    [{ ...ANNA, subscribe: 'perhaps' }, 'subscribe', 'must be true or false'],
    [[], '', 'must be an object: {"name": "Anna", "email": "anna@example.com", "message": "Hello"}'],
  ])('refuses %j, names the field and keeps nothing', async (input, field, message) => {
    expect(await send(input)).toEqual({
      status: 400,
      body: { errors: [{ code: 'input_invalid', field, message }] },
    })
    expect([await messages(), await mails()]).toEqual([[], []])
  })

  it('names every field that is wrong', async () => {
    const { body } = await send({ email: 'x' })
    expect((body.errors as { field: string }[]).map(({ field }) => field)).toEqual([
      'name',
      'email',
      'message',
    ])
  })

  it('takes a message of the greatest length as it was written', async () => {
    const message = 'Å'.repeat(10_000)
    await send({ ...ANNA, message })
    expect((await messages()).map((row) => row.message)).toEqual([message])
  })

  it('asks to subscribe only when the person said so, and they still have to confirm', async () => {
    await send({ ...ANNA, subscribe: true })
    expect(await queued()).toEqual([['confirm-subscription', ANNA.email], ...BOTH])
    const { docs } = await payload.find({ collection: 'subscribers', depth: 0 })
    expect(docs.map(({ email, status }) => [email, status])).toEqual([[ANNA.email, 'pending']])
  })

  it('thanks no suppressed address, and answers it like any other', async () => {
    const suppressed = {
      addressHash: addressHash({ secret: depsOf(payload).secret, email: ANNA.email }),
      email: ANNA.email,
      reason: 'complained',
      suppressedAt: START.toISOString(),
    } as const
    await payload.create({ collection: 'suppressions', depth: 0, data: suppressed })
    expect(await send(ANNA)).toEqual({ status: 200, body: { status: 'taken' } })
    expect([(await messages()).length, await queued()]).toEqual([1, NOTICE])
  })

  it('thanks one address three times a day, and keeps what comes after all the same', async () => {
    for (let sent = 0; sent < 5; sent += 1) await send(ANNA)
    const kinds = (await queued()).map(([kind]) => kind)
    expect(kinds).toEqual([...Array(5).fill('contact-notice'), ...Array(3).fill('contact-thanks')])
  })

  it('takes as many an hour from one network as the site says, whoever they are from', async () => {
    await setSite({ callsPerHour: 2 })
    const answers = [
      await send(ANNA),
      await send({ ...ANNA, email: 'other@example.com' }),
      await send({ ...ANNA, email: 'third@example.com' }),
      await send({}),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429])
    expect(answers[2]?.body).toEqual(answers[3]?.body)
    expect((await messages()).length).toBe(2)
  })

  it('answers a program like a person and keeps nothing of it', async () => {
    expect(await send({ ...ANNA, website: 'https://spam.example' })).toEqual({
      status: 200,
      body: { status: 'taken' },
    })
    expect([await messages(), await mails()]).toEqual([[], []])
  })

  it('says so when the message could not be kept', async () => {
    payload.create = () => Promise.reject(new Error('SQLITE_FULL: Anna'))
    const { status } = await send(ANNA)
    payload.create = create
    expect([status, await messages(), await mails()]).toEqual([503, [], []])
  })

  describe('after a crash', () => {
    const minutesLater = (minutes: number) => setNow(new Date(Date.now() + minutes * 60_000))

    /** Writes of mails fail from the given one on. */
    const failMails = (from: number) => {
      let written = 0
      payload.create = ((options: Parameters<Payload['create']>[0]) => {
        if (options.collection === 'transactional-mails' && ++written >= from)
          return Promise.reject(new Error('cut'))
        return create.call(payload, options)
      }) as Payload['create']
    }

    it.each([
      ['before any mail', 1, []],
      ['between the two', 2, NOTICE],
    ] as const)(
      '%s the message was taken, and a worker makes good what is missing',
      async (_, from, before) => {
        failMails(from)
        expect(await send(ANNA)).toEqual({ status: 200, body: { status: 'taken' } })
        payload.create = create
        expect(await queued()).toEqual(before)
        minutesLater(1)
        expect([await lookForForgotten(), await queued()]).toEqual([true, BOTH])
        expect([await lookForForgotten(), await queued()]).toEqual([false, BOTH])
      },
    )

    it('after both mails there are still only two', async () => {
      payload.db.updateOne = (args) =>
        'mailsQueuedAt' in args.data ? Promise.reject(new Error('cut')) : updateOne.call(payload.db, args)
      await send(ANNA)
      payload.db.updateOne = updateOne
      minutesLater(1)
      expect([await lookForForgotten(), await queued()]).toEqual([true, BOTH])
    })

    it('makes one mail of each kind when two do it at once', async () => {
      failMails(1)
      await send(ANNA)
      payload.create = create
      const [message] = await messages()
      if (!message) throw new Error('The message is not there.')
      await Promise.all([1, 2, 3].map(() => followUp({ payload, message })))
      expect(await queued()).toEqual(BOTH)
    })

    it('thanks the person however often the mail could not be written', async () => {
      failMails(2)
      await send(ANNA)
      for (let minute = 1; minute <= 5; minute++) {
        minutesLater(minute)
        expect([await lookForForgotten(), await queued()]).toEqual([false, NOTICE])
      }
      payload.create = create
      expect([await lookForForgotten(), await queued()]).toEqual([true, BOTH])
    })

    it('takes one of the thanks of a day for each message, whatever failed meanwhile', async () => {
      payload.db.updateOne = () => Promise.reject(new Error('cut'))
      await send(ANNA)
      for (let minute = 1; minute <= 5; minute++) {
        minutesLater(minute)
        await lookForForgotten()
      }
      payload.db.updateOne = updateOne
      await lookForForgotten()
      for (let sent = 0; sent < 3; sent += 1) await send(ANNA)
      const kinds = (await queued()).map(([kind]) => kind)
      expect(kinds.filter((kind) => kind === 'contact-thanks')).toHaveLength(3)
    })

    it('keeps to what was decided of the thanks', async () => {
      for (let sent = 0; sent < 4; sent += 1) await send(ANNA)
      expect((await messages()).map(({ isToBeThanked }) => isToBeThanked)).toEqual([true, true, true, false])
      const last = (await messages())[3]
      if (!last) throw new Error('The message is not there.')
      setNow(new Date(START.getTime() + 2 * 86_400_000))
      await followUp({ payload, message: last })
      await followUp({ payload, message: { ...last, isToBeThanked: null } })
      expect((await queued()).filter(([kind]) => kind === 'contact-thanks')).toHaveLength(3)
    })

    it('comes to every message, although many before it fail each time', async () => {
      const ids: string[] = []
      for (let number = 0; number < 60; number++) {
        const data = { ...ANNA, locale: 'sv', email: `reader-${number}@example.com` } as const
        ids.push(String((await payload.create({ collection: 'contact-messages', depth: 0, data })).id))
      }
      payload.create = ((options: Parameters<Payload['create']>[0]) => {
        const { contactMessage } = options.data as { contactMessage?: string | number }
        const isLast = String(contactMessage) === ids.at(-1)
        if (options.collection === 'transactional-mails' && !isLast) return Promise.reject(new Error('cut'))
        return create.call(payload, options)
      }) as Payload['create']
      minutesLater(1)
      const followed = [await lookForForgotten(), await lookForForgotten()]
      const last = ['contact-thanks', 'reader-59@example.com']
      expect([followed, await queued()]).toEqual([
        [false, true],
        [...NOTICE, last],
      ])
      payload.create = create
      for (let look = 0; look < 3; look++) await lookForForgotten()
      expect(await payload.count({ collection: 'transactional-mails' })).toEqual({ totalDocs: 120 })
    })

    it('leaves a message alone that is being taken just now', async () => {
      failMails(1)
      await send(ANNA)
      payload.create = create
      minutesLater(0)
      expect([await lookForForgotten(), await queued()]).toEqual([false, []])
    })
  })

  describe('for staff', () => {
    const taken = async () => {
      await send(ANNA)
      const [message] = await messages()
      return String(message?.id)
    }
    const answered = async (id: string) => {
      const message = await payload.findByID({ collection: 'contact-messages', id, depth: 0 })
      const { answeredAt, answeredBy } = message
      return [answeredAt ?? null, answeredBy ?? null]
    }

    it('records who answered first and when, and takes it back', async () => {
      const id = await taken()
      const { rest, id: editor } = staff.editor
      const { status, body } = await rest('POST', `/contact-messages/${id}/answered`, { answered: true })
      expect([status, body.doc]).toEqual([
        200,
        expect.objectContaining({ answeredAt: START.toISOString(), answeredBy: editor }),
      ])
      setNow(new Date('2026-11-26T10:00:00.000Z'))
      await rest('POST', `/contact-messages/${id}/answered`, { answered: true })
      expect(await answered(id)).toEqual([START.toISOString(), editor])
      await rest('POST', `/contact-messages/${id}/answered`, { answered: false })
      expect(await answered(id)).toEqual([null, null])
      expect(await messages()).toEqual([expect.objectContaining(ANNA)])
    })

    it('is for editors alone', async () => {
      const id = await taken()
      const path = `/contact-messages/${id}/answered`
      const statuses = [
        (await restAs(database)('POST', path, { answered: true })).status,
        (await staff.author.rest('POST', path, { answered: true })).status,
        (await staff.editor.rest('POST', path, { answered: 'yes' })).status,
        (await staff.editor.rest('POST', '/contact-messages/999999/answered', { answered: true })).status,
        (await restAs(database)('GET', `/contact-messages/${id}`)).status,
        (await staff.author.rest('GET', `/contact-messages/${id}`)).status,
      ]
      expect([statuses, await answered(id)]).toEqual([
        [401, 403, 400, 404, 403, 403],
        [null, null],
      ])
    })

    it('shows what became of the mails', async () => {
      const id = await taken()
      const { body } = await staff.editor.rest('GET', `/contact-messages/${id}?depth=1`)
      const { docs } = body.mails as { docs: { kind: string; status: string; mail?: unknown }[] }
      const shown = docs.map(({ kind, status, mail }) => [kind, status, mail])
      expect(shown.sort()).toEqual([
        ['contact-notice', 'pending', undefined],
        ['contact-thanks', 'pending', undefined],
      ])
    })
  })

  it('leads a plain form of another page to ours, with what was written when something is wrong', async () => {
    const post = async (fields: Record<string, string>) => {
      const response = await handleEndpoints({
        config: payload.config,
        payloadInstanceCacheKey: database.key,
        request: new Request('http://site.example/api/contact', {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(fields).toString(),
        }),
      })
      return [response.status, response.headers.get('location')]
    }
    expect([
      await post({ ...ANNA, locale: 'en', subscribe: 'on' }),
      await post({ ...ANNA, locale: 'en', name: '' }),
      await post({ name: '' }),
    ]).toEqual([
      [303, '/en/contact?state=sent'],
      [307, '/en/contact'],
      [307, '/sv/contact'],
    ])
    expect((await messages()).map(({ wantsNewsletter }) => wantsNewsletter)).toEqual([true])
  })
})
