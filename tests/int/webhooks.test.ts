import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import { UNDECIDED } from '../../src/newsletter/rules/problems.ts'
import type { ProviderEvent as EventRow, Subscriber } from '../../src/payload-types.ts'
import { eraseReader } from '../../src/readers/eraseReader.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { applyAll, drain } from '../support/drain.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { newMail } from '../support/flow/newMail.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { mailedCampaign, toldState } from '../support/webhooks/mailed.ts'
import { bodyOf, bounce, post, RESEND, tell, type Told } from '../support/webhooks/webhook.ts'

const ANNA = 'anna@example.com'
const at = (day: number, time = '08:00') => `2026-11-${String(day).padStart(2, '0')}T${time}:00.000Z`
const NOTHING = { delivered: null, delayed: null, bounced: null, complained: null, failed: null }
const NO_COUNTS = { delivered: 0, bounced: 0, complained: 0 }
const RECORDED = { status: 200, body: { status: 'recorded' } }
const KNOWN = { status: 200, body: { status: 'known' } }

describe.each(testDatabases())('on $name, what Resend tells', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  let anna: Subscriber
  let campaign: Awaited<ReturnType<typeof mailedCampaign>>
  let logged: string[]
  let number = 0
  beforeAll(async () => {
    database = await open(RESEND)
    editor = (await logInAs({ ...database, role: 'editor' })).rest
  })
  beforeEach(async () => {
    anna = await createSubscriber(database.payload, { email: ANNA })
    campaign = await mailedCampaign(database.payload, { title: 'Brevet', readers: [anna] })
    logged = []
    depsOf(database.payload).log = (event, facts) => logged.push(JSON.stringify({ event, ...facts }))
  })
  afterEach(async () => {
    await removeAllRows(database)
    for (const collection of ['provider-events', 'suppressions'] as const)
      await database.payload.db.deleteMany({ collection, where: {} })
  })
  afterAll(() => database.close())

  const event = (type: string, more: Partial<Told> = {}): Told => ({
    id: `msg_${++number}`,
    type: `email.${type}`,
    at: at(3),
    to: [ANNA],
    tags: { delivery: String(campaign.deliveries.get(ANNA)) },
    ...more,
  })
  const bounced = (type: Parameters<typeof bounce>[0], time: string) =>
    event('bounced', { at: time, data: bounce(type) })
  const deliver = (more: Told) => tell(database, more)
  const told = () => toldState(database.payload)
  const events = async (): Promise<Partial<EventRow>[]> =>
    (await database.payload.find({ collection: 'provider-events', depth: 0, pagination: false })).docs
  const uncertainMail = async () => {
    const { mail, idempotencyKey, dueAt } = newMail('1')
    const { id } = await database.payload.create({
      collection: 'transactional-mails',
      depth: 0,
      data: {
        ...{ kind: 'welcome', email: ANNA, locale: 'sv', status: 'uncertain', reason: 'no_answer' },
        ...{
          subscriber: anna.id,
          idempotencyKey,
          attempts: 1,
          mail: { ...mail },
          dueAt: dueAt.toISOString(),
        },
      },
    })
    return id
  }
  /** As if nothing had been told. */
  const untouched = {
    campaigns: [{ status: 'submitted', problem: null, firstEventAt: null, ...NO_COUNTS }],
    deliveries: [{ email: ANNA, ...NOTHING }],
    suppressions: [],
    subscribers: [{ email: ANNA, status: 'active', unsubscribedAt: null }],
  }
  const suppressed = (more: object) => ({
    ...{
      email: ANNA,
      detail: null,
      liftedAt: null,
      madeBy: 'event',
      statusBefore: 'active',
      toTellProvider: null,
    },
    ...more,
  })

  describe('is refused', () => {
    const body = () => bodyOf(event('bounced', { data: bounce('Permanent') }))
    type Forgery = Partial<Omit<Parameters<typeof post>[1], 'id' | 'body' | 'signedAt'>> & {
      minutes?: number
    }
    const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    it.each([
      ['without a signature', { headers: { 'svix-signature': '' } }, 400, 'signature_missing'],
      ['without an id', { headers: { 'svix-id': '' } }, 400, 'signature_missing'],
      [
        'with an id of the wrong length',
        { headers: { 'svix-id': 'x'.repeat(256) } },
        400,
        'signature_missing',
      ],
      ['signed for another id', { headers: { 'svix-id': 'msg_other' } }, 401, 'signature_invalid'],
      ['forged', { headers: { 'svix-signature': 'v1,Zm9yZ2Vk' } }, 401, 'signature_invalid'],
      [
        'with no known version',
        { headers: { 'svix-signature': 'v2,Zm9yZ2Vk v1' } },
        401,
        'signature_invalid',
      ],
      ['with another secret', { secret: `whsec_${btoa('another secret')}` }, 401, 'signature_invalid'],
      ['changed on the way', { signedBody: '{}' }, 401, 'signature_invalid'],
      ['when it is old', { minutes: -5.1 }, 400, 'timestamp_out_of_range'],
      ['from the future', { minutes: 5.5 }, 400, 'timestamp_out_of_range'],
      ['with a time that is none', { headers: { 'svix-timestamp': '1e9' } }, 400, 'timestamp_out_of_range'],
    ])('%s, and changes nothing', async (_, { minutes = 0, ...forgery }: Forgery, status, code) => {
      // Signed when it is posted: the file may be minutes old by then.
      const signedAt = minutesFromNow(minutes)
      const answer = await post(database, { id: 'msg_f', body: body(), signedAt, ...forgery })
      expect(answer).toEqual({ status, body: { errors: [{ code, message: expect.any(String) }] } })
      expect([await told(), await events()]).toEqual([untouched, []])
    })

    it.each([
      ['no JSON', 'x'],
      ['cut off', '{"type":"email.sent"'],
    ])('signed, but %s', async (_, wrong) => {
      const { status, body: answer } = await post(database, { id: 'msg_f', body: wrong })
      expect([status, answer]).toEqual([400, { errors: [expect.objectContaining({ code: 'body_invalid' })] }])
      expect(await events()).toEqual([])
    })

    it('when it is longer than any webhook, before it is read', async () => {
      const answer = await post(database, { id: 'msg_f', body: 'x'.repeat(256_001) })
      expect([answer.status, answer.body]).toEqual([
        413,
        { errors: [expect.objectContaining({ code: 'body_too_large' })] },
      ])
    })

    it('with 503, so that it is posted again, when the database fails', async () => {
      const { queue } = depsOf(database.payload)
      const { keep } = queue
      queue.keep = async () => {
        throw new Error(`cannot write ${ANNA}`)
      }
      const bounce = bounced('Permanent', at(3))
      const { status, body } = await deliver(bounce)
      expect([status, body]).toEqual([503, { errors: [expect.objectContaining({ code: 'not_saved' })] }])
      Object.assign(queue, { keep })
      expect([await deliver(bounce), await deliver(bounce)]).toEqual([RECORDED, KNOWN])
      expect((await told()).campaigns).toEqual([
        { status: 'submitted', problem: null, firstEventAt: at(3), ...NO_COUNTS, bounced: 1 },
      ])
      expect(logged.join()).not.toContain('@')
    })
  })

  it('says that it is not set up where there is no secret', async () => {
    const { payload, env } = database
    Object.assign(depsOf(payload), {
      env: { ...env, mailer: { kind: 'resend', apiKey: 're_x', baseUrl: null, webhookSecret: null } },
    })
    const { status, body } = await deliver(event('delivered'))
    Object.assign(depsOf(payload), { env })
    expect([status, body]).toEqual([
      503,
      { errors: [expect.objectContaining({ code: 'webhook_not_configured' })] },
    ])
    expect(logged).toEqual(['{"event":"webhook.refused","code":"webhook_not_configured"}'])
  })

  it('is kept as it came in, once', async () => {
    const sent = event('sent', { data: { email_id: 'e-7' } })
    expect([await deliver(sent), await deliver(sent)]).toEqual([RECORDED, KNOWN])
    expect(await events()).toEqual([
      expect.objectContaining({
        ...{ eventId: sent.id, type: 'email.sent', kind: 'sent', occurredAt: at(3), email: ANNA },
        ...{ providerId: 'e-7', campaign: campaign.id, deliveryRef: String(campaign.deliveries.get(ANNA)) },
        ...{ subscriberRef: String(anna.id), receivedAt: expect.any(String), appliedAt: expect.any(String) },
      }),
    ])
    expect(await told()).toEqual({
      ...untouched,
      campaigns: [{ ...untouched.campaigns[0], firstEventAt: at(3) }],
    })
  })

  it('is on the delivery when it happened first, and counted once per mail', async () => {
    for (const more of [
      event('delivered', { at: at(5) }),
      event('delivered', { at: at(4) }),
      event('delivery_delayed', { at: at(3, '09:00') }),
      event('failed', { at: at(6) }),
    ])
      await deliver(more)
    const { campaigns, deliveries } = await told()
    expect(deliveries).toEqual([
      { email: ANNA, ...NOTHING, delivered: at(4), delayed: at(3, '09:00'), failed: at(6) },
    ])
    expect(campaigns).toEqual([{ ...untouched.campaigns[0], firstEventAt: at(3, '09:00'), delivered: 1 }])
  })

  it('names its mail by tags as an object or as a list', async () => {
    const delivery = String(campaign.deliveries.get(ANNA))
    await deliver(event('delivered', { tags: [{ name: 'delivery', value: delivery }] }))
    expect((await told()).campaigns).toEqual([
      { ...untouched.campaigns[0], firstEventAt: at(3), delivered: 1 },
    ])
  })

  it.each([
    ['a permanent bounce', 'bounced', bounce('Permanent', 'No such user'), 'bounced', 'No such user'],
    ['a complaint', 'complained', {}, 'complained', null],
    [
      'that the provider’s list has the address',
      'suppressed',
      { suppressed: { message: 'On the list', type: 'OnAccountSuppressionList' } },
      'provider',
      'On the list',
    ],
  ])('suppresses at once for %s, and its subscriber too', async (_, type, data, reason, detail) => {
    await deliver(event(type, { data }))
    const { suppressions, subscribers } = await told()
    expect(suppressions).toEqual([suppressed({ reason, detail, suppressedAt: at(3) })])
    expect(subscribers).toEqual([{ email: ANNA, status: 'suppressed', unsubscribedAt: null }])
  })

  it('suppresses for three bounces that may pass, and not with a delivery between that comes in late', async () => {
    for (const day of [3, 5, 9]) await deliver(bounced('Transient', at(day)))
    const after = await told()
    expect(after.suppressions).toEqual([
      suppressed({
        ...{
          reason: 'bounced',
          detail: 'Transient bounce',
          suppressedAt: at(9),
          madeBy: 'transient-bounces',
        },
      }),
    ])
    expect(after.subscribers).toEqual([{ email: ANNA, status: 'suppressed', unsubscribedAt: null }])
    await deliver(event('delivered', { at: at(4) }))
    const { suppressions, subscribers } = await told()
    expect([suppressions, subscribers]).toEqual([[], untouched.subscribers])
  })

  it('leaves what staff suppressed to staff, whatever is delivered', async () => {
    for (const day of [3, 5, 9]) await deliver(bounced('Transient', at(day)))
    await editor('POST', '/suppressions/add', { email: ANNA, reason: 'Ringde' })
    await deliver(event('delivered', { at: at(4) }))
    const { suppressions } = await told()
    expect(suppressions).toEqual([
      suppressed({
        ...{ reason: 'manual', detail: 'Ringde', madeBy: null, suppressedAt: expect.any(String) },
        toTellProvider: 'suppress',
      }),
    ])
  })

  it('leaves alone whoever left and then bounced: they had left before', async () => {
    await database.payload.update({
      collection: 'subscribers',
      id: anna.id,
      data: { status: 'unsubscribed' },
    })
    for (const day of [3, 5, 9]) await deliver(bounced('Transient', at(day)))
    await deliver(event('delivered', { at: at(4) }))
    const { subscribers } = await told()
    expect(subscribers).toEqual([{ email: ANNA, status: 'unsubscribed', unsubscribedAt: expect.any(String) }])
  })

  it('of a mail of somebody else’s is kept without the address, and changes nothing', async () => {
    for (const tags of [
      { delivery: '999999' },
      { delivery: 'f'.repeat(24) },
      { delivery: "1' OR 1" },
      {},
      'x',
    ])
      expect(await deliver(event('complained', { tags }))).toEqual(RECORDED)
    expect(await told()).toEqual(untouched)
    const kept = (await events()).map(({ email, deliveryRef, addressHash }) => [
      email,
      deliveryRef,
      addressHash,
    ])
    expect(kept.flat().filter((value) => value !== null && value !== undefined)).toEqual([])
  })

  describe('of a mail of another installation’s, which has the same account and rows of the same id,', () => {
    const foreign = (type: string, more: Partial<Told> = {}) =>
      event(type, { to: ['stranger@other.example'], ...more })

    it('changes nothing, and is kept with its type and times alone', async () => {
      await deliver(foreign('complained'))
      await deliver(foreign('bounced', { data: bounce('Permanent', '550 <stranger@other.example>') }))
      await deliver(foreign('of_tomorrow', { data: { about: 'stranger@other.example' } }))
      await deliver({ ...foreign('x'), type: 'contact.created', data: { email: 'stranger@other.example' } })
      expect(await told()).toEqual(untouched)
      const kept = (await events()).toSorted((a, b) => (a.eventId! < b.eventId! ? -1 : 1))
      const nothing = {
        ...{ email: null, providerId: null, campaign: null, deliveryRef: null, subscriberRef: null },
        ...{ addressHash: null, bounceType: null, detail: null, payload: null },
      }
      const rows = kept.map(({ id: _, eventId: __, ...row }) => ({ ...nothing, ...row }))
      expect(rows.map(({ type, kind, ...row }) => [type, kind, row])).toEqual(
        [
          ['email.complained', 'complained'],
          ['email.bounced', 'bounced'],
          ['email.of_tomorrow', 'other'],
          ['contact.created', 'other'],
        ].map(([type, kind]) => [
          ...[type, kind],
          expect.objectContaining({ ...nothing, occurredAt: at(3), appliedAt: expect.any(String) }),
        ]),
      )
    })

    it('settles no transactional mail of ours', async () => {
      const id = await uncertainMail()
      await deliver(foreign('delivered', { tags: { mail: String(id) } }))
      const { status } = await database.payload.findByID({ collection: 'transactional-mails', id, depth: 0 })
      expect(status).toBe('uncertain')
    })
  })

  it('counts for the campaign whatever address its reader has now, and brings the former one not back', async () => {
    const { payload } = database
    await payload.update({
      collection: 'subscribers',
      id: anna.id,
      data: { email: 'anna@new.example' },
    })
    await deliver(event('bounced', { data: bounce('Permanent', 'No such user') }))
    const { campaigns, suppressions, subscribers } = await told()
    expect(campaigns).toEqual([{ ...untouched.campaigns[0], firstEventAt: at(3), bounced: 1 }])
    expect(suppressions.map(({ email, reason }) => [email ?? null, reason])).toEqual([[null, 'moved']])
    expect(JSON.stringify(await events())).not.toContain(ANNA)
    expect(subscribers).toEqual([{ email: 'anna@new.example', status: 'active', unsubscribedAt: null }])
  })

  it('of a mail whose recipient nobody knows any more counts by the provider’s id alone', async () => {
    const nobody = (providerId: string | null) =>
      database.payload.db.updateOne({
        collection: 'deliveries',
        id: campaign.deliveries.get(ANNA) ?? 0,
        data: { email: '', subscriber: null, providerId },
      })
    for (const known of [null, 'e-2']) {
      await nobody(known)
      await deliver(event('bounced', { data: bounce('Permanent') }))
      expect((await told()).campaigns).toEqual(untouched.campaigns)
    }
    await nobody('e-1')
    await deliver(event('bounced', { data: bounce('Permanent', '550 <anna@example.com>') }))
    const { campaigns, suppressions } = await told()
    expect([campaigns, suppressions]).toEqual([
      [{ ...untouched.campaigns[0], firstEventAt: at(3), bounced: 1 }],
      [],
    ])
    expect(JSON.stringify(await events())).not.toContain('anna')
  })

  it('of somebody who was erased does not bring their address back', async () => {
    const { payload } = database
    const mail = await uncertainMail()
    await eraseReader({ payload, subscriberId: String(anna.id) })
    const words = '550 5.1.1 <anna@example.com>: no such user'
    await deliver(event('bounced', { data: bounce('Permanent', words) }))
    await deliver(event('of_tomorrow', { data: { about: ANNA } }))
    await deliver(event('bounced', { tags: { mail: String(mail) }, data: bounce('Permanent', words) }))
    const data = { id: 's-1', email: ANNA, origin: ANNA, source_id: null }
    const listed = JSON.stringify({ type: 'suppression.added', created_at: at(3), data })
    expect(await post(database, { id: 'msg_list', body: listed })).toEqual(RECORDED)
    await applyAll(payload)
    const rows = await events()
    expect([rows.length, JSON.stringify(rows)]).toEqual([4, expect.not.stringContaining('anna')])
    const kept = rows.map(({ addressHash, subscriberRef }) => [addressHash ?? null, subscriberRef ?? null])
    expect(kept).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ])
    expect((await told()).suppressions).toEqual([
      suppressed({
        ...{ email: null, reason: 'erased', madeBy: null, statusBefore: null },
        suppressedAt: expect.any(String),
      }),
    ])
  })

  it('keeps an address suppressed whose bounces were forgotten since', async () => {
    for (const day of [3, 5, 9]) await deliver(bounced('Transient', at(day)))
    const before = await told()
    await database.payload.db.deleteMany({ collection: 'provider-events', where: {} })
    await deliver(bounced('Transient', at(25)))
    await deliver(event('delivered', { at: at(26) }))
    const { suppressions, subscribers } = await told()
    expect([suppressions, subscribers]).toEqual([before.suppressions, before.subscribers])
  })

  describe('of an uncertain delivery', () => {
    const row = async () => {
      const id = campaign.deliveries.get(ANNA) ?? 0
      const { status, reason, detail, providerId } = await database.payload.findByID({
        ...{ collection: 'deliveries', id, depth: 0 },
      })
      return [status, reason ?? null, detail ?? null, providerId ?? null]
    }
    const TAKEN = ['submitted', null, null, 'e-1']
    // Made anew: no delivery may become uncertain once it was submitted.
    beforeEach(async () => {
      const { payload } = database
      await payload.db.deleteMany({ collection: 'deliveries', where: {} })
      const { id } = await payload.create({
        collection: 'deliveries',
        depth: 0,
        data: {
          ...{ campaign: campaign.id, subscriber: anna.id, subscriberRef: String(anna.id), email: ANNA },
          ...{ locale: 'sv', status: 'uncertain', reason: 'no_answer', detail: 'x', snapshot: 'worker' },
          ...{ batchNumber: 0, position: 0 },
        },
      })
      campaign.deliveries.set(ANNA, id)
      await payload.db.updateOne({
        collection: 'campaigns',
        id: campaign.id,
        data: { counts: { recipients: 1, submitted: 0, rejected: 0, excluded: 0, uncertain: 1 } },
      })
    })
    const counts = async () =>
      (await database.payload.findByID({ collection: 'campaigns', id: campaign.id, depth: 0 })).counts

    it.each(['sent', 'delivered', 'delivery_delayed', 'bounced', 'complained'])(
      '%s says that the provider took it, and the campaign counts it so',
      async (type) => {
        await deliver(event(type, { data: bounce('Transient') }))
        await deliver(event(type, { data: bounce('Transient') }))
        expect([await row(), await counts()]).toEqual([
          TAKEN,
          expect.objectContaining({ recipients: 1, submitted: 1, uncertain: 0 }),
        ])
      },
    )

    it.each(['failed', 'suppressed', 'of_tomorrow'])('%s leaves it to staff', async (type) => {
      await deliver(event(type))
      expect([await row(), await counts()]).toEqual([
        ['uncertain', 'no_answer', 'x', null],
        expect.objectContaining({ submitted: 0, uncertain: 1 }),
      ])
    })

    it('lets a campaign end that waited for staff because of it', async () => {
      const { payload } = database
      const { code, message } = UNDECIDED
      const problem = { code, message, at: at(2) }
      await payload.db.updateOne({
        collection: 'campaigns',
        id: campaign.id,
        data: { status: 'submitting', finishedAt: null },
      })
      await payload.db.updateOne({
        collection: 'campaigns',
        id: campaign.id,
        data: { status: 'paused', problem },
      })
      await deliver(event('delivered'))
      await drain(payload)
      const {
        status,
        problem: after,
        finishedAt,
      } = await payload.findByID({
        ...{ collection: 'campaigns', id: campaign.id, depth: 0 },
      })
      expect([status, after?.code ?? null, finishedAt]).toEqual(['submitted', null, expect.any(String)])
      expect(await counts()).toMatchObject({ recipients: 1, submitted: 1, uncertain: 0, delivered: 1 })
    })
  })

  it.each([
    ['its addresses', [ANNA]],
    ['no address', []],
  ])('of a mail that lost its tags suppresses by the provider’s id and %s', async (_, to) => {
    const id = campaign.deliveries.get(ANNA)!
    const providerId = `re_${String(id)}`
    await database.payload.db.updateOne({
      collection: 'deliveries',
      id,
      data: { providerId },
      returning: false,
    })
    for (const tags of [null, {}, [], 'x', undefined])
      expect(
        await deliver(
          event('bounced', { to, tags, data: { ...bounce('Permanent', 'gone'), email_id: providerId } }),
        ),
      ).toEqual(RECORDED)
    const { deliveries, suppressions, subscribers } = await told()
    expect(deliveries).toMatchObject([{ email: ANNA, bounced: at(3) }])
    expect(suppressions).toMatchObject([{ email: ANNA, reason: 'bounced' }])
    expect(subscribers).toMatchObject([{ email: ANNA, status: 'suppressed' }])
  })

  it('of the provider’s own list becomes ours', async () => {
    const data = { id: 's-1', email: 'Bo@Example.com', origin: 'complaint', source_id: null }
    const body = JSON.stringify({ type: 'suppression.added', created_at: at(3), data })
    expect(await post(database, { id: 'msg_list', body })).toEqual(RECORDED)
    await applyAll(database.payload)
    const { suppressions } = await told()
    expect(suppressions).toEqual([
      suppressed({
        ...{ email: 'bo@example.com', reason: 'provider', detail: 'complaint', statusBefore: null },
        suppressedAt: at(3),
      }),
    ])
  })

  it('of a type that nobody knows is kept with what came, and of readers’ clicks without', async () => {
    const click = {
      click: { ipAddress: '192.0.2.1', link: 'https://x.example', userAgent: 'x', timestamp: at(3) },
    }
    await deliver(event('of_tomorrow', { data: { what: 'is new' } }))
    await deliver(event('clicked', { data: click }))
    const kept = (await events()).map(({ type, kind, payload }) => [type, kind, payload])
    expect(kept.toSorted()).toEqual([
      ['email.clicked', 'other', null],
      [
        'email.of_tomorrow',
        'other',
        expect.objectContaining({ data: expect.objectContaining({ what: 'is new' }) }),
      ],
    ])
    expect(await told()).toEqual(untouched)
  })

  it('settles a transactional mail of which nobody knew, and suppresses by it', async () => {
    const id = await uncertainMail()
    await deliver(event('bounced', { tags: { mail: String(id) }, data: bounce('Permanent') }))
    const { status, reason, providerId } = await database.payload.findByID({
      collection: 'transactional-mails',
      id,
      depth: 0,
    })
    expect([status, reason ?? null, providerId]).toEqual(['submitted', null, 'e-1'])
    expect((await told()).suppressions).toEqual([
      suppressed({ reason: 'bounced', detail: 'Permanent bounce', suppressedAt: at(3) }),
    ])
  })

  it('about somebody who was erased tells of nobody', async () => {
    const id = campaign.deliveries.get(ANNA) ?? 0
    await database.payload.db.updateOne({
      collection: 'deliveries',
      id,
      data: { email: '', subscriber: null, subscriberRef: `erased-${id}` },
    })
    await deliver(event('complained'))
    expect(
      (await events()).map(({ email, subscriberRef }) => [email ?? null, subscriberRef ?? null]),
    ).toEqual([[null, null]])
    expect((await told()).suppressions).toEqual([])
  })

  it('stays counted when the campaign moves and when it is finished', async () => {
    const { payload } = database
    const readers = [await createSubscriber(payload, { email: 'bo@example.com' })]
    const { id, deliveries } = await mailedCampaign(payload, {
      title: 'Nästa',
      readers,
      status: 'submitting',
    })
    const bo = { to: ['bo@example.com'], tags: { delivery: String(deliveries.get('bo@example.com')) } }
    await deliver(event('delivered', bo))
    const counts = async () => (await payload.findByID({ collection: 'campaigns', id, depth: 0 })).counts
    const expected = {
      ...{ recipients: 1, submitted: 1, rejected: 0, excluded: 0, uncertain: 0 },
      ...{ delivered: 1, bounced: 0, complained: 0 },
    }
    expect(await counts()).toEqual(expected)
    const undecided = { code: 'x', message: 'x' }
    await depsOf(payload).store.finishCampaign({ id: String(id), undecided, now: new Date() })
    expect(await counts()).toEqual(expected)
  })
})
