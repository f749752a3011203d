import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { graphql } from 'graphql'
import { simpleParser } from 'mailparser'
import { createLocalReq } from 'payload'
import { boot } from '../../src/boot.ts'
import { configFor } from '../../src/config.ts'
import { depsOf } from '../../src/deps.ts'
import type { SubscriberStatus, SuppressionReason } from '../../src/newsletter/model.ts'
import { addressHash } from '../../src/newsletter/rules/addressHash.ts'
import type { Subscriber, Suppression } from '../../src/payload-types.ts'
import { findSuppressed } from '../../src/suppressions/findSuppressed.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { graphqlSchemaOf } from '../support/graphqlSchema.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'
import { joining, type Joining } from '../support/subscribing/joining.ts'

const WRITTEN = 'info@åkeri.example'
const STORED = 'info@xn--keri-poa.example'

describe.each(testDatabases())('on $name, an address with å in its domain', ({ open }) => {
  let database: TestDatabase
  let person: Joining
  let admin: Rest
  let adminToken: string
  beforeAll(async () => {
    database = await open()
    person = joining(database)
    const loggedIn = await logInAs({ ...database, role: 'admin' })
    admin = loggedIn.rest
    adminToken = loggedIn.token
    await person.setSite({
      name: 'Sajten',
      senderName: 'Sajten',
      senderEmail: 'brev@sajten.example',
      postalAddress: 'Gatan 1',
    })
  })
  afterAll(() => database.close())
  beforeEach(() => person.clear())

  const shown = async () => (await person.subscribers()).map(({ email, status }) => [email, status])

  it('subscribes, confirms, is mailed in punycode and leaves; the form, the mail and the admin agree', async () => {
    const asked = await person.subscribe({ email: ` Info@ÅKERI.example `, source: 'sidfoten', locale: 'sv' })
    expect([asked.status, await shown()]).toEqual([200, [[STORED, 'pending']]])
    expect((await person.confirm(await person.newestToken())).status).toBe(200)
    await database.payload.create({
      collection: 'articles',
      locale: 'sv',
      data: {
        title: 'Brevet',
        slug: 'brevet',
        content: paragraph('Text.'),
        newsletter: { send: true },
        _status: 'published',
      },
    })
    await drain(database.payload)
    const outbox = join(database.env.dataDir, 'outbox')
    const mails = readdirSync(outbox).map((name) => readFileSync(join(outbox, name), 'utf8'))
    expect(mails.map((mail) => /^To: (.*)$/m.exec(mail)?.[1])).toEqual(mails.map(() => STORED))
    const letter = await simpleParser(mails.find((mail) => mail.includes('Subject: Brevet')) ?? '')
    const link = /\/unsubscribe\?token=([\w.-]+)/.exec(JSON.stringify(letter.headers.get('list')))?.[1]
    const left = await person.call(`/unsubscribe?token=${link}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })
    expect([left.status, await shown()]).toEqual([200, [[STORED, 'unsubscribed']]])
  })

  it.each([
    ['like', WRITTEN],
    ['like', 'ÅKERI'],
    ['like', 'åke info'],
    ['contains', '@åke'],
    ['equals', WRITTEN],
    ['like', 'xn--keri'],
  ])('is found by staff who look for what is %s “%s”', async (operator, text) => {
    await createSubscriber(database.payload, { email: WRITTEN })
    await createSubscriber(database.payload, { email: 'info@akeri.example' })
    await createSubscriber(database.payload, { email: 'info@xn--rkeri-gra.example' })
    const where = `where[and][0][or][0][email][${operator}]=${encodeURIComponent(text)}`
    const { body } = await admin('GET', `/subscribers?${where}&depth=0`)
    const emails = (docs: unknown) => (docs as { email: string }[]).map(({ email }) => email)
    expect(emails(body.docs)).toEqual([STORED])
    expect((await admin('GET', `/subscribers/count?${where}`)).body.totalDocs).toBe(1)
  })

  it.each([
    'in]=anna@b.example,Info@ÅKERI.example',
    'in][]=info@åkeri.example',
    'in][1]=x@b.example&where[email][in][0]=info@åkeri.example',
    'in]=info@xn--keri-poa.example',
    'equals]=INFO@Åkeri.example',
    'like]=ÅKERI info',
    'contains]=@åk',
    'not_in]=x@öst.example',
    'exists]=true',
  ])('is found by where[email][%s', async (question) => {
    await createSubscriber(database.payload, { email: WRITTEN })
    const { status, body } = await admin('GET', `/subscribers?where[email][${question}`)
    expect([status, body.totalDocs]).toEqual([200, 1])
  })

  it.each([
    'equals]=info@åkeri.example',
    'like]=åkeri',
    'contains]=@åk',
    'in]=x@b.example,Info@Åkeri.example',
    'not_like]=öst',
  ])('is found through its consents by where[subscriber.email][%s', async (question) => {
    await person.subscribe({ email: WRITTEN, source: 'sidfoten', locale: 'sv' })
    const { status, body } = await admin('GET', `/consents?where[subscriber.email][${question}&depth=1`)
    const found = (body.docs as { subscriber: { email: string } }[]).map(({ subscriber }) => subscriber.email)
    expect([status, [...new Set(found)]]).toEqual([200, [STORED]])
    const none = await admin('GET', '/consents?where[or][0][subscriber.email][like]=öst')
    expect([none.status, none.body.totalDocs]).toEqual([200, 0])
  })

  it.each([
    ['equals', WRITTEN],
    ['like', 'ÅKERI'],
    ['contains', 'info@å'],
    ['in', ['x@b.example', 'Info@ÅKERI.example']],
  ])('is found over GraphQL by %s “%s”, in the query and as a variable', async (operator, value) => {
    await createSubscriber(database.payload, { email: WRITTEN })
    const { user } = await database.payload.auth({
      headers: new Headers({ Authorization: `JWT ${adminToken}` }),
    })
    const ask = async (source: string, variableValues = {}) => {
      const req = await createLocalReq({ user: user ?? undefined }, database.payload)
      const schema = graphqlSchemaOf(database.payload)
      return graphql({ schema, source, variableValues, contextValue: { req, headers: {} } })
    }
    const inline = `{Subscribers(where:{email:{${operator}:${JSON.stringify(value)}}}){docs{email}}}`
    const withVariable = 'query($w:Subscriber_where){Subscribers(where:$w){docs{email}}}'
    expect([
      await ask(inline),
      await ask(withVariable, { w: { OR: [{ email: { [operator]: value } }] } }),
    ]).toEqual([0, 1].map(() => ({ data: { Subscribers: { docs: [{ email: STORED }] } } })))
  })

  it('is written over GraphQL as over REST', async () => {
    const { user } = await database.payload.auth({
      headers: new Headers({ Authorization: `JWT ${adminToken}` }),
    })
    const req = await createLocalReq({ user: user ?? undefined }, database.payload)
    const source = `mutation{createSubscriber(data:{email:"${WRITTEN}",consentSource:"the tests"}){email}}`
    expect(
      await graphql({
        ...{ schema: graphqlSchemaOf(database.payload), source },
        contextValue: { req, headers: {} },
      }),
    ).toEqual({ data: { createSubscriber: { email: STORED } } })
  })

  it('is not found by what it does not say', async () => {
    await createSubscriber(database.payload, { email: WRITTEN })
    const asked = [
      'like]=öst',
      'not_like]=åkeri',
      'not_equals]=info@åkeri.example',
      'equals]=info@öst.example',
      'in]=info@öst.example,x@b.example',
      'not_in]=x@b.example,info@åkeri.example',
    ]
    const found = await Promise.all(asked.map((each) => admin('GET', `/subscribers?where[email][${each}`)))
    expect(found.map(({ status, body }) => [status, body.totalDocs])).toEqual(asked.map(() => [200, 0]))
  })

  describe('of an earlier version, which kept it as it was written,', () => {
    const hashOf = (email: string) => addressHash({ secret: depsOf(database.payload).secret, email })
    const putSubscriber = (email: string, status: SubscriberStatus) =>
      database.payload.db.create({
        collection: 'subscribers',
        data: { email, status, locale: 'sv', consentSource: 'x' },
      }) as Promise<Subscriber>
    const putSuppression = (email: string, reason: SuppressionReason, data: Partial<Suppression> = {}) =>
      database.payload.db.create({
        collection: 'suppressions',
        data: {
          addressHash: hashOf(email),
          email,
          reason,
          suppressedAt: '2026-01-01T00:00:00.000Z',
          ...data,
        },
      })
    /** As the first start of this version does; a second one finds nothing to do. */
    const upgrade = async () => {
      await database.payload.kv.delete('utskick-addresses-respelt')
      for (const times of [1, 2]) {
        const payload = await boot(configFor(database.env), {
          key: `${database.key} ${times} ${Math.random()}`,
        })
        await payload.destroy()
      }
    }
    const suppressions = async () =>
      (await person.suppressions()).map(({ email, reason, addressHash: hash, liftedAt }) => [
        email,
        reason,
        hash === hashOf(STORED),
        Boolean(liftedAt),
      ])

    it('gets the spelling that is looked for now', async () => {
      await putSubscriber(WRITTEN, 'active')
      await putSubscriber('Bo\u00ad@Example.com', 'unsubscribed')
      await upgrade()
      expect(await shown()).toEqual([
        [STORED, 'active'],
        ['bo@example.com', 'unsubscribed'],
      ])
    })

    it('stays out when it was suppressed, whoever has it and however it comes back', async () => {
      await putSuppression(WRITTEN, 'complained', { detail: 'junk', statusBefore: 'active' })
      await putSubscriber(WRITTEN, 'suppressed')
      await upgrade()
      expect([await shown(), await suppressions()]).toEqual([
        [[STORED, 'suppressed']],
        [[STORED, 'complained', true, false]],
      ])
      expect((await findSuppressed({ payload: database.payload, emails: [STORED] })).get(STORED)).toBe(
        'complained',
      )
      const [row] = await person.subscribers()
      await database.payload.delete({ collection: 'subscribers', id: row?.id ?? 0 })
      const added = await admin('POST', '/subscribers', { email: WRITTEN, consentSource: 'x' })
      expect(added.status).toBe(400)
    })

    it('is suppressed also where the right spelling subscribed since', async () => {
      await putSuppression(WRITTEN, 'bounced')
      await createSubscriber(database.payload, { email: STORED })
      await upgrade()
      expect([await shown(), await suppressions()]).toEqual([
        [[STORED, 'suppressed']],
        [[STORED, 'bounced', true, false]],
      ])
    })

    it.each<[SubscriberStatus, SubscriberStatus, SubscriberStatus]>([
      ['unsubscribed', 'active', 'unsubscribed'],
      ['active', 'unsubscribed', 'unsubscribed'],
      ['suppressed', 'active', 'suppressed'],
      ['pending', 'active', 'active'],
    ])('in both spellings, %s and %s, is one person, and %s', async (former, present, status) => {
      const odd = await putSubscriber(WRITTEN, former)
      const right = await putSubscriber(STORED, present)
      await database.payload.create({
        collection: 'consents',
        data: { subscriber: odd.id, kind: 'withdrawn', at: '2026-01-01T00:00:00.000Z', source: 'x' },
      })
      await upgrade()
      const consents = (await person.consents()).map(({ subscriber }) => subscriber)
      expect([await shown(), consents]).toEqual([[[STORED, status]], [right.id]])
    })

    it('stays lifted where staff let it back, and keeps the stronger of two reasons', async () => {
      await putSuppression(WRITTEN, 'bounced', {
        liftedAt: '2026-02-01T00:00:00.000Z',
        liftedReason: 'ringde',
      })
      await upgrade()
      expect(await suppressions()).toEqual([[STORED, 'bounced', true, true]])
      await person.clear()
      await putSuppression(WRITTEN, 'complained')
      await putSuppression(STORED, 'bounced')
      await upgrade()
      expect(await suppressions()).toEqual([[STORED, 'complained', true, false]])
    })
  })
})
