import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { makeFormStamp } from '../../src/limits/formGuards.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'
import { joining, type Answered, type Joining } from '../support/subscribing/joining.ts'

const ANNA = 'anna.berg@example.com'
const SECRET = 'a secret of the tests'

describe.each(testDatabases())('POST /api/subscribe on $name', ({ open }) => {
  let database: TestDatabase
  let join: Joining
  beforeAll(async () => {
    database = await open({ TRUSTED_PROXIES: '1' })
    join = joining(database)
    await join.setSite({ name: 'Provet', callsPerHour: 10_000 })
  })
  afterAll(() => database.close())
  beforeEach(() => join.clear())

  const people = async () =>
    (await join.subscribers()).map(({ email, name, locale, status, topics }) => ({
      email,
      name,
      locale,
      status,
      topics: (topics ?? []).length,
    }))
  const mailed = async () => (await join.mails()).map(({ kind, email, locale }) => ({ kind, email, locale }))

  it('writes down who asked and for what, and mails a link', async () => {
    const { id } = await createTopic(database.payload, { name: 'Arbete', slug: 'arbete' })
    const answer = await join.postJson(
      '/subscribe',
      { email: ' Anna.Berg@example.com', name: 'Anna', locale: 'en', topics: ['arbete'] },
      { origin: 'https://www.example.com' },
    )
    const [anna] = await join.subscribers()
    const [consent] = await join.consents()

    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { status: 'asked' }])
    expect(anna).toMatchObject({
      email: ANNA,
      name: 'Anna',
      locale: 'en',
      topics: [id],
      status: 'pending',
      askedAt: consent?.at,
    })
    expect([anna?.consentAt ?? null, anna?.consentSource ?? null]).toEqual([null, null])
    const { id: _, key, ...written } = consent ?? {}
    const said = Object.fromEntries(Object.entries(written).filter(([, value]) => value !== null))
    expect([(await join.consents()).length, typeof key, said]).toEqual([
      1,
      'string',
      {
        subscriber: anna?.id,
        kind: 'asked',
        at: expect.any(String),
        text: 'I want to get the newsletter from Provet by e-mail. I can unsubscribe at any time with the link in every letter.',
        locale: 'en',
        source: 'form https://www.example.com',
      },
    ])
    expect(await mailed()).toEqual([{ kind: 'confirm-subscription', email: ANNA, locale: 'en' }])
  })

  it('keeps the words that the site asks with', async () => {
    await join.setSite({ consentText: 'Ja tack!' })
    await join.subscribe({ email: ANNA })
    await join.setSite({ consentText: '' })
    expect((await join.consents()).map(({ text, source }) => ({ text, source }))).toEqual([
      { text: 'Ja tack!', source: 'api' },
    ])
  })

  it('shows the words that are agreed to in the mail that asks to confirm, whatever form it was', async () => {
    await join.setSite({ consentText: 'Ja tack, <b>gärna</b>!' })
    await join.postJson('/subscribe', { email: ANNA, locale: 'sv' }, { origin: 'https://www.example.com' })
    await join.setSite({ consentText: '' })
    const [mail] = await join.mails()
    const { html, text } = mail?.mail as { html: string; text: string }
    expect([
      text.includes('Ja tack, <b>gärna</b>!'),
      html.includes('Ja tack, &lt;b&gt;gärna&lt;/b&gt;!'),
    ]).toEqual([true, true])
    expect(text).toContain('Genom att bekräfta samtycker du till detta:')
  })

  it.each(['consents', 'transactional-mails'])(
    'mails a link at once when somebody tries again after a failure: %s',
    async (collection) => {
      const { payload } = database
      const { create } = payload.db
      payload.db.create = (args) =>
        args.collection === collection
          ? Promise.reject(new Error('the disk is full'))
          : create.call(payload.db, args)
      const failed = await join.subscribe({ email: ANNA })
      payload.db.create = create
      const again = await join.subscribe({ email: ANNA })
      expect([failed.status, again.status, (await mailed()).length]).toEqual([503, 200, 1])
    },
  )

  describe('with an address that', () => {
    const kinds: [string, Partial<Subscriber> | null, Parameters<Joining['suppress']>[1] | null, boolean][] =
      [
        ['is new', null, null, true],
        ['waits', { status: 'pending', askedAt: '2026-01-01T00:00:00.000Z' }, null, true],
        ['has left', { status: 'unsubscribed' }, null, true],
        ['subscribes', { status: 'active' }, null, false],
        ['bounced', { status: 'suppressed' }, 'bounced', false],
        ['complained and is not there any more', null, 'complained', false],
        ['the provider refuses', null, 'provider', false],
        ['staff have barred', null, 'manual', false],
        ['was erased', null, 'erased', true],
      ]
    const arrange = async (subscriber: Partial<Subscriber> | null, reason: (typeof kinds)[number][2]) => {
      if (subscriber) await createSubscriber(database.payload, subscriber)
      if (reason) await join.suppress(ANNA, reason)
    }

    it.each(kinds)('%s: mails a link, or nothing', async (_, subscriber, reason, isMailed) => {
      await arrange(subscriber, reason)
      const before = await join.subscribers()
      await join.subscribe({ email: ANNA })
      const after = await join.subscribers()
      expect((await mailed()).length).toBe(isMailed ? 1 : 0)
      expect((await join.consents()).length).toBe(isMailed ? 1 : 0)
      if (!isMailed) expect(after).toEqual(before)
      if (subscriber) expect(after.map(({ status }) => status)).toEqual([subscriber.status])
    })

    it('is of any of these kinds: answers the same, after the same time', async () => {
      const answers: { json: Answered; form: Answered; waits: number[] }[] = []
      for (const [, subscriber, reason] of kinds) {
        await join.clear()
        await arrange(subscriber, reason)
        const json = await join.subscribe({ email: ANNA })
        await join.endLimits()
        const form = await join.postForm('/subscribe', { email: ANNA, locale: 'en' })
        answers.push({ json, form, waits: [...join.waits] })
      }
      expect(answers).toEqual(answers.map(() => answers[0]))
      expect(answers[0]).toMatchObject({
        json: { status: 200 },
        form: { status: 303, headers: { location: '/en/subscribe?state=asked' } },
        waits: [300, 300],
      })
    })
  })

  it('keeps when somebody left until they confirm', async () => {
    const left = await createSubscriber(database.payload, { status: 'unsubscribed' })
    await join.subscribe({ email: ANNA, name: 'Anna B', locale: 'en' })
    const [now] = await join.subscribers()
    expect(now).toEqual({
      ...left,
      name: 'Anna B',
      locale: 'en',
      askedAt: expect.any(String),
      updatedAt: expect.any(String),
    })
  })

  it('mails one address once in a quarter of an hour, and three times a day', async () => {
    const { payload } = database
    const counts = []
    for (let quarter = 0; quarter < 5; quarter++) {
      await join.subscribe({ email: ANNA })
      await join.subscribe({ email: 'ANNA.berg@example.com' }, '198.51.100.9')
      counts.push((await join.mails()).length)
      // The quarter of an hour is over, the day is not.
      const soon = Date.now() + 3_600_000
      const { docs } = await payload.find({ collection: 'rate-limits', pagination: false })
      for (const { id, expire } of docs)
        if (new Date(expire ?? 0).getTime() < soon)
          await payload.db.deleteOne({ collection: 'rate-limits', where: { id: { equals: id } } })
    }
    expect(counts).toEqual([1, 2, 3, 3, 3])
  })

  it('makes one of many that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => join.subscribe({ email: ANNA })))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect([(await people()).length, (await mailed()).length, (await join.consents()).length]).toEqual([
      1, 1, 1,
    ])
  })

  it('takes a name of two lines as one, without what breaks a mail', async () => {
    await join.subscribe({ email: ANNA, name: 'Anna\r\nBcc: x@example.com\ufffe\ud800 Ek' })
    expect((await people()).map(({ name }) => name)).toEqual(['Anna Bcc: x@example.com Ek'])
  })

  it.each([
    ['no address', {}, 'email'],
    ['what is no address', { email: 'anna' }, 'email'],
    ['an address that is no text', { email: { $ne: '' } }, 'email'],
    ['a name of 101 characters', { email: ANNA, name: 'a'.repeat(101) }, 'name'],
    ['a language that it does not speak', { email: ANNA, locale: 'de' }, 'locale'],
    ['a topic that there is not', { email: ANNA, topics: ['nothing'] }, 'topics'],
    ['topics that are no list', { email: ANNA, topics: 'arbete' }, 'topics'],
  ])('refuses %s, and names the field', async (_, input, field) => {
    const answer = await join.subscribe(input)
    const { errors } = JSON.parse(answer.body)
    expect([answer.status, errors.map((error: { field: string }) => error.field)]).toEqual([400, [field]])
    expect(await join.subscribers()).toEqual([])
  })

  it.each(['', 'null', '[]', '"text"', '{'])('refuses the body “%s”', async (body) => {
    const answer = await join.call('/subscribe', { headers: { 'content-type': 'application/json' }, body })
    expect([answer.status, JSON.parse(answer.body).errors[0].code]).toEqual([400, 'input_invalid'])
  })

  it('takes a plain form, with or without topics and name, and leads to the page', async () => {
    await createTopic(database.payload, { name: 'Arbete', slug: 'arbete' })
    await createTopic(database.payload, { name: 'Pengar', slug: 'pengar' })
    const stamp = makeFormStamp({ secret: SECRET, now: new Date(Date.now() - 10_000) })
    const full = await join.postForm('/subscribe', [
      ['email', ANNA],
      ['name', ''],
      ['locale', 'sv'],
      ['topics', 'arbete'],
      ['topics', 'pengar'],
      ['website', ''],
      ['stamp', stamp],
    ])
    const wrong = await join.postForm('/subscribe', { email: 'anna', locale: 'en' })
    expect([full, wrong].map(({ status, headers }) => [status, headers.location])).toEqual([
      [303, '/sv/subscribe?state=asked'],
      [303, '/en/subscribe?problem=email'],
    ])
    expect(await people()).toEqual([{ email: ANNA, name: null, locale: 'sv', status: 'pending', topics: 2 }])
    expect((await join.consents()).map(({ source }) => source)).toEqual(['form /sv/subscribe'])
  })

  it.each([
    ['fills in what nobody sees', { website: 'https://spam.example' }],
    ['answers too fast', { stamp: makeFormStamp({ secret: SECRET, now: new Date(Date.now() + 60_000) }) }],
    ['makes up a stamp', { stamp: 'abc' }],
  ])('a program that %s is told what everybody is, and nothing happens', async (_, more) => {
    const answers = [
      await join.subscribe({ email: ANNA, ...more }),
      await join.subscribe({ email: 'kim@example.com' }),
    ]
    expect(answers[0]).toEqual(answers[1])
    expect((await people()).map(({ email }) => email)).toEqual(['kim@example.com'])
  })

  it('takes so many forms an hour from one network, whoever they are for', async () => {
    await join.setSite({ callsPerHour: 3 })
    const from = async (network: string) => {
      const answers = []
      for (const name of ['a', 'b', 'c', 'd'])
        answers.push(await join.subscribe({ email: `${name}@example.com` }, network))
      return answers
    }
    await createSubscriber(database.payload, { email: 'd@example.com' })
    const one = await from('2001:db8::1')
    const sameNetwork = await join.subscribe({ email: 'e@example.com' }, '2001:db8::2')
    const other = await join.subscribe({ email: 'e@example.com' }, '2001:db8:0:1::1')
    const form = await join.postForm('/subscribe', { email: ANNA })
    await join.setSite({ callsPerHour: 10_000 })

    expect([...one, sameNetwork, other, form].map(({ status }) => status)).toEqual([
      200, 200, 200, 429, 429, 200, 303,
    ])
    expect(JSON.parse(one[3]?.body ?? '').errors[0].code).toBe('too_many')
    expect(Number(one[3]?.headers['retry-after'])).toBeGreaterThan(3_500)
  })

  it('says so when it was not written down, and nothing of the address', async () => {
    const { create } = database.payload
    database.payload.create = () => Promise.reject(new Error(`could not insert ${ANNA}`))
    const failed = await join.subscribe({ email: ANNA })
    database.payload.create = create
    expect([failed.status, failed.headers['retry-after'], failed.body.includes(ANNA)]).toEqual([
      503,
      '30',
      false,
    ])
  })

  describe('from a page of another site', () => {
    const ask = (path: string, method: string, origin: string) =>
      join.call(path, {
        method,
        headers: { origin, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: JSON.stringify({ email: ANNA }) }),
      })
    const cors = ({ headers }: { headers: Record<string, string> }) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')))

    it('is allowed where the site is listed, without cookies', async () => {
      await join.setSite({ allowedOrigins: 'https://www.example.com\nhttps://other.example' })
      const preflight = await ask('/subscribe', 'OPTIONS', 'https://www.example.com')
      const answer = await ask('/subscribe', 'POST', 'https://www.example.com')
      expect([preflight.status, cors(preflight), preflight.headers.vary]).toEqual([
        204,
        {
          'access-control-allow-origin': 'https://www.example.com',
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'Content-Type',
          'access-control-max-age': '600',
          'access-control-expose-headers': 'Retry-After',
        },
        'Origin',
      ])
      expect([answer.status, cors(answer)]).toEqual([
        200,
        {
          'access-control-allow-origin': 'https://www.example.com',
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'Content-Type',
          'access-control-expose-headers': 'Retry-After',
        },
      ])
    })

    it.each([
      'https://evil.example',
      'http://www.example.com',
      'https://www.example.com.evil.example',
      'null',
    ])('is not allowed on %s', async (origin) => {
      await join.setSite({ allowedOrigins: 'https://www.example.com' })
      const answers = [await ask('/subscribe', 'OPTIONS', origin), await ask('/subscribe', 'POST', origin)]
      expect(answers.map(cors)).toEqual([{}, {}])
    })

    it('is allowed for the forms alone', async () => {
      await join.setSite({ allowedOrigins: 'https://www.example.com' })
      const answers = [
        await ask('/articles', 'OPTIONS', 'https://www.example.com'),
        await ask('/confirm', 'OPTIONS', 'https://www.example.com'),
        await ask('/subscribers', 'POST', 'https://www.example.com'),
      ]
      expect(answers.map(cors)).toEqual([{}, {}, {}])
    })
  })
})
