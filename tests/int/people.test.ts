import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import type { TimelineAnswer, TimelineEvent } from '../../src/endpoints/people/timeline.ts'
import type { Subscriber } from '../../src/payload-types.ts'
import { leaveList } from '../../src/readers/leaveList.ts'
import { recordConsent } from '../../src/readers/recordConsent.ts'
import { askToSubscribe } from '../../src/subscribing/askToSubscribe.ts'
import { confirmSubscription } from '../../src/subscribing/confirmSubscription.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { mailNextBatch, openCampaign } from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { anybodyOn, clearReaders, consentsOf, DAY_MS, mailsOf, tokenIn, tokenOf } from '../support/readers.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber, createTopic } from '../support/siteContent.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

describe.each(testDatabases())('on $name, a subscriber is a person', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  let admin: { rest: Rest; id: string | number }
  let editor: { rest: Rest; id: string | number }
  const time = { now: new Date() }
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    rig = await databaseRigKind({ name, open: async () => database }).open()
    Object.assign(depsOf(payload), { clock: { now: () => time.now } })
    await createTopic(payload, { name: 'Arbete', slug: 'arbete' })
    await createTopic(payload, { name: 'Frihet', slug: 'frihet' })
    admin = await logInAs({ ...database, role: 'admin' })
    editor = await logInAs({ ...database, role: 'editor' })
  })
  afterAll(() => database.close())
  beforeEach(async () => {
    time.now = new Date()
    await clearReaders(database.payload)
    await database.payload.db.deleteMany({ collection: 'contact-messages', where: {} })
  })

  const later = (ms: number) => {
    time.now = new Date(time.now.getTime() + ms)
  }
  const find = async (email: string): Promise<Subscriber> => {
    const where = { email: { equals: email } }
    const { docs } = await database.payload.find({ collection: 'subscribers', where, depth: 0 })
    return docs[0]!
  }
  const ask = async (email: string): Promise<Subscriber> => {
    const { payload } = database
    const person = { email, name: 'Anna', locale: 'sv' as const, topics: ['arbete'] }
    await askToSubscribe({ payload, person, source: 'form /sv/subscribe', now: time.now })
    return find(email)
  }
  const timeline = async ({ id }: Pick<Subscriber, 'id'>, before = '') => {
    const query = before ? `?${new URLSearchParams({ before })}` : ''
    const { status, body } = await editor.rest('GET', `/subscribers/${id}/timeline${query}`)
    expect(status).toBe(200)
    return body as unknown as TimelineAnswer
  }
  const wholeTimeline = async (person: Pick<Subscriber, 'id'>): Promise<TimelineEvent[]> => {
    const events: TimelineEvent[] = []
    for (let before: string | null = ''; before !== null;) {
      const page: TimelineAnswer = await timeline(person, before)
      events.push(...page.events)
      ;({ before } = page)
    }
    return events
  }
  const briefly = (event: TimelineEvent) =>
    'kind' in event
      ? `${event.what} ${event.kind}`
      : `${event.what} ${'fate' in event ? event.fate.status : ''}`.trim()

  it('has one timeline of all that happened, the newest first', async () => {
    const { payload } = database
    await ask('anna@example.com')
    const [mail] = await mailsOf(payload)
    const token = tokenIn(mail!, '/confirm')
    later(60_000)
    await confirmSubscription({ payload, token, now: time.now })
    const anna = await find('anna@example.com')
    await rig.addSubscriber({ email: 'bo@example.com', name: 'Bo' })

    const campaign = await openCampaign(rig)
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted', 'submitted'] })
    const delivery = (await rig.deliveries(campaign)).find(({ email }) => email === anna.email)
    const bouncedAt = new Date(Date.now() + 120_000)
    await recordEvent(depsOf(payload), {
      ...{ eventId: `bounce of ${delivery?.id}`, kind: 'bounced', type: 'email.bounced' },
      ...{ occurredAt: bouncedAt, bounceType: 'transient', emails: [anna.email], providerId: null },
      ...{ tags: { delivery: delivery!.id }, detail: 'Mailbox full', payload: null },
    })

    time.now = new Date(bouncedAt.getTime() + 60_000)
    const choose = (body: object) =>
      anybodyOn(database)(
        'PATCH',
        `/preferences?token=${tokenOf(payload, { reader: anna, purpose: 'preferences' })}`,
        {
          json: body,
        },
      )
    await choose({ topics: ['frihet'], locale: 'en', name: 'Anna B' })
    later(1_000)
    await choose({ pauseWeeks: 2 })
    // As it was: nothing happened.
    await choose({ topics: ['frihet'] })
    later(1_000)
    await choose({ pauseWeeks: null })
    later(1_000)
    await payload.create({
      collection: 'contact-messages',
      data: {
        ...{ name: 'Anna', email: anna.email, message: `Hej! ${'å'.repeat(300)}`, locale: 'sv' },
        createdAt: time.now.toISOString(),
      },
    })
    later(1_000)
    await leaveList({ payload, reader: anna, source: 'page', now: time.now })
    later(1_000)
    await suppress({ payload, email: anna.email, reason: 'manual', detail: 'Ringde', now: time.now })

    const events = await wholeTimeline(anna)
    expect(events.map(briefly)).toEqual([
      'suppressed',
      'consent withdrawn',
      'message',
      'consent unpaused',
      'consent paused',
      'consent chose',
      'bounced',
      ...expectedOfBeginning(events),
    ])
    expect(events.map(briefly).slice(7).toSorted()).toEqual([
      ...['consent asked', 'consent confirmed', 'mail confirm-subscription', 'mail welcome'],
      'newsletter submitted',
    ])
    const shown = Object.fromEntries(events.map((event) => [briefly(event), event]))
    expect(shown['consent chose']).toMatchObject({
      ...{ source: 'preferences', by: null },
      change: { added: ['Frihet'], removed: ['Arbete'], locale: 'en', name: true },
    })
    expect(shown['consent confirmed']).toMatchObject({ text: expect.stringContaining('nyhetsbrevet') })
    // Only admins read what the provider told.
    expect(shown.bounced).toMatchObject({ campaignId: campaign, bounceType: null, detail: null })
    const { body: seen } = await admin.rest('GET', `/subscribers/${anna.id}/timeline`)
    expect((seen as unknown as TimelineAnswer).events).toContainEqual({
      ...shown.bounced,
      ...{ bounceType: 'transient', detail: 'Mailbox full' },
    })
    expect(shown['newsletter submitted']).toMatchObject({
      campaignId: campaign,
      fate: { status: 'submitted', bouncedAt: bouncedAt.toISOString() },
    })
    expect((shown.message as { beginning: string }).beginning).toHaveLength(201)
    expect(shown.suppressed).toMatchObject({ reason: 'manual', detail: 'Ringde' })
    expect(JSON.stringify(events)).not.toContain('bo@example.com')
  })

  /** The rows of the first minute come from two clocks: which order they have is not this test's matter. */
  const expectedOfBeginning = (events: TimelineEvent[]) => events.map(briefly).slice(7)

  it('is read a page at a time, and no row twice or never, also of one moment', async () => {
    const { payload } = database
    const anna = await createSubscriber(payload, { email: 'anna@example.com' })
    await payload.db.deleteMany({ collection: 'consents', where: {} })
    const minutes = [0, 0, 0, 1, 2]
    for (let each = 0; each < 50; each += 1)
      await recordConsent({
        payload,
        consent: {
          ...{ subscriberId: String(anna.id), kind: 'chose', text: null, locale: null, by: null },
          ...{ source: `row ${each}`, at: new Date(Date.UTC(2026, 0, 1, 0, minutes[each % 5])) },
        },
      })
    for (let each = 0; each < 3; each += 1)
      await payload.create({
        collection: 'contact-messages',
        data: {
          ...{ name: 'Anna', email: anna.email, message: `Hej ${each}`, locale: 'sv' },
          createdAt: '2026-01-01T00:00:00.000Z',
        },
      })
    const first = await timeline(anna)
    const all = await wholeTimeline(anna)
    // With how they came to be one, which is in no row.
    expect([first.events.length, all.length]).toEqual([20, 54])
    expect(new Set(all.map(({ key }) => key)).size).toBe(54)
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
  })

  it('of whom nothing is on record has at least the beginning', async () => {
    const { payload } = database
    const anna = await createSubscriber(payload, {
      ...{ email: 'anna@example.com', consentSource: 'the fair', consentAt: '2020-01-01T00:00:00.000Z' },
    })
    await payload.db.deleteMany({ collection: 'consents', where: {} })
    expect(await wholeTimeline(anna)).toMatchObject([
      { what: 'consent', kind: 'added', at: '2020-01-01T00:00:00.000Z', source: 'the fair' },
    ])
    // What they choose afterwards does not hide it.
    await editor.rest('POST', `/subscribers/${anna.id}/pause`, { weeks: 2 })
    const begun = { kind: 'added', at: '2020-01-01T00:00:00.000Z', source: 'the fair' }
    expect(await wholeTimeline(anna)).toMatchObject([{ kind: 'paused' }, begun])
    const { body } = await editor.rest('GET', `/subscribers/${anna.id}/data`)
    expect(body.consents).toMatchObject([begun, { kind: 'paused' }])
    const token = tokenOf(payload, { reader: anna, purpose: 'preferences' })
    expect((await anybodyOn(database)('GET', `/preferences?token=${token}`)).body).toMatchObject({
      consents: [begun],
    })
  })

  it.each([
    'nonsense',
    '2026-01-01T00:00:00.000Z~consents~x',
    '2026-01-01T00:00:00.000Z~deliveries~1~2',
    'x~consents~1',
  ])('says that %j is no place to go on from', async (before) => {
    const anna = await createSubscriber(database.payload, { email: 'anna@example.com' })
    const { status, body } = await editor.rest(
      'GET',
      `/subscribers/${anna.id}/timeline?${new URLSearchParams({ before })}`,
    )
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ code: 'parameter_invalid' })]])
  })

  describe('who waits', () => {
    it('is mailed the link once more, with the words and the time of their asking', async () => {
      const { payload } = database
      const anna = await ask('anna@example.com')
      later(DAY_MS)
      const { status, body } = await editor.rest('POST', `/subscribers/${anna.id}/confirm-again`, {})
      const until = new Date(Date.parse(anna.askedAt!) + 7 * DAY_MS).toISOString()
      expect([status, body]).toEqual([200, { until }])
      expect((await find('anna@example.com')).askedAt).toBe(anna.askedAt)
      expect((await consentsOf(payload, anna)).map(({ kind }) => kind)).toEqual(['asked'])
      const mails = await mailsOf(payload)
      expect(mails.map(({ kind }) => kind)).toEqual(['confirm-subscription', 'confirm-subscription'])
      const token = tokenIn(mails[1]!, '/confirm')
      expect(await confirmSubscription({ payload, token, now: time.now })).toBe('done')
      expect((await timeline(anna)).confirmableUntil).toBeNull()
    })

    const refused = async (anna: Pick<Subscriber, 'id'>) => {
      const before = (await mailsOf(database.payload)).length
      const { status, body } = await editor.rest('POST', `/subscribers/${anna.id}/confirm-again`, {})
      expect((await mailsOf(database.payload)).length).toBe(before)
      return [status, (body.errors as { code: string }[])[0]?.code]
    }

    it('is not mailed again within a quarter of an hour', async () => {
      expect(await refused(await ask('anna@example.com'))).toEqual([429, 'too_often'])
    })

    it('is not mailed after seven days, nor at an address that must not be, nor when they wait no more', async () => {
      const { payload } = database
      const anna = await ask('anna@example.com')
      later(DAY_MS)
      await suppress({ payload, email: anna.email, reason: 'erased', detail: null, now: time.now })
      expect(await refused(anna)).toEqual([409, 'address_suppressed'])
      later(7 * DAY_MS)
      expect(await refused(anna)).toEqual([409, 'not_waiting'])
      const bo = await createSubscriber(payload, { email: 'bo@example.com' })
      expect(await refused(bo)).toEqual([409, 'not_waiting'])
    })
  })

  it('is paused by staff, which is in their history with who did it', async () => {
    const { payload } = database
    const anna = await createSubscriber(payload, { email: 'anna@example.com' })
    const until = new Date(time.now.getTime() + 14 * DAY_MS).toISOString()
    expect(await editor.rest('POST', `/subscribers/${anna.id}/pause`, { weeks: 2 })).toMatchObject({
      ...{ status: 200, body: { pausedUntil: until } },
    })
    expect((await timeline(anna)).events[0]).toMatchObject({
      ...{ what: 'consent', kind: 'paused', source: 'staff', by: 'editor', change: { pausedUntil: until } },
    })
    later(1_000)
    await editor.rest('POST', `/subscribers/${anna.id}/pause`, { weeks: 0 })
    expect((await timeline(anna)).events[0]).toMatchObject({ kind: 'unpaused', by: 'editor' })
    expect((await find(anna.email)).pausedUntil ?? null).toBeNull()
    for (const weeks of [53, -1, 1.5, 'x', undefined])
      expect((await editor.rest('POST', `/subscribers/${anna.id}/pause`, { weeks })).status).toBe(400)
  })

  it('has what staff do in the history, however often they choose anew themselves', async () => {
    const anna = await createSubscriber(database.payload, { email: 'anna@example.com' })
    const token = tokenOf(database.payload, { reader: anna, purpose: 'preferences' })
    for (let each = 0; each < 41; each += 1)
      await anybodyOn(database)('PATCH', `/preferences?token=${token}`, { json: { name: `Anna ${each}` } })
    later(1_000)
    await editor.rest('POST', `/subscribers/${anna.id}/pause`, { weeks: 2 })
    expect((await timeline(anna)).events[0]).toMatchObject({ kind: 'paused', by: 'editor' })
  })

  it('is given a file with everything that is kept of them', async () => {
    const anna = await createSubscriber(database.payload, { email: 'anna@example.com', name: 'Anna' })
    const { status, body } = await editor.rest('GET', `/subscribers/${anna.id}/data`)
    expect([status, body]).toMatchObject([200, { profile: { email: 'anna@example.com', name: 'Anna' } }])
    expect(body).not.toHaveProperty('providerEvents')
    expect((await admin.rest('GET', `/subscribers/${anna.id}/data`)).body).toEqual({
      ...{ ...body, exportedAt: expect.any(String), providerEvents: [] },
    })
  })

  it('that staff change in the form has it in the history', async () => {
    const anna = await createSubscriber(database.payload, { email: 'anna@example.com', name: 'Anna' })
    await editor.rest('PATCH', `/subscribers/${anna.id}?depth=1`, { name: 'Anna B', locale: 'en' })
    expect((await timeline(anna)).events[0]).toMatchObject({
      ...{ kind: 'chose', by: 'editor', source: 'staff', change: { name: true, locale: 'en' } },
    })
  })

  describe('among many', () => {
    it.each([
      { status: 'unsubscribed' },
      { email: 'new@example.com' },
      { consentSource: 'elsewhere' },
      { consentAt: '2020-01-01T00:00:00.000Z' },
      { pausedUntil: '2030-01-01T00:00:00.000Z' },
      { name: 'Everybody' },
      { locale: 'en', status: 'active' },
    ])('is not changed as %j, by an admin neither', async (data) => {
      const anna = await createSubscriber(database.payload, { email: 'anna@example.com' })
      const before = await find(anna.email)
      const { status, body } = await admin.rest(
        'PATCH',
        `/subscribers?where[email][equals]=${anna.email}`,
        data,
      )
      expect([status, (body.errors as { code: string }[])[0]?.code]).toEqual([400, 'bulk_edit_limited'])
      expect(await find(anna.email)).toEqual(before)
    })

    it('is given topics and a language', async () => {
      const { payload } = database
      const anna = await createSubscriber(payload, { email: 'anna@example.com' })
      const topics = (await payload.find({ collection: 'topics', depth: 0 })).docs.map(({ id }) => id)
      const { status } = await editor.rest('PATCH', `/subscribers?where[email][equals]=${anna.email}`, {
        ...{ topics, locale: 'en' },
      })
      expect([status, await find(anna.email)]).toMatchObject([
        200,
        { topics, locale: 'en', status: 'active' },
      ])
    })

    it('is found by name and by address', async () => {
      const { payload } = database
      await createSubscriber(payload, { email: 'anna@example.com', name: 'Åsa Öberg' })
      const search = payload.collections.subscribers.config.admin.listSearchableFields
      expect(search).toEqual(['email', 'name'])
    })
  })
})
