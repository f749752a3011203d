import { afterAll, beforeAll, expect, it, describe } from '@jest/globals'
import { followUp } from '../../src/contact/followUp.ts'
import { depsOf } from '../../src/deps.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { mailNextBatch, openCampaign, startedCampaign } from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'
import { anybodyOn, tokenOf } from '../support/readers.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

describe.each(testDatabases())('on $name, the data that a reader downloads', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  beforeAll(async () => {
    database = await open()
    rig = await databaseRigKind({ name, open: async () => database }).open()
  })
  afterAll(() => database.close())

  it('tells what became of each newsletter to them, and what the provider told of it, of nobody else', async () => {
    const { payload } = database
    const anna = await rig.addSubscriber({ email: 'anna@example.com', name: 'Anna' })
    await rig.addSubscriber({ email: 'bo@example.com', name: 'Bo' })
    const first = await openCampaign(rig)
    await mailNextBatch(rig, { time: '08:03', fates: ['submitted', 'submitted'] })
    // One that waits, and one that has no deliveries yet.
    await openCampaign(rig)
    await startedCampaign(rig, { worker: 'z' })
    for (const { id, email } of await rig.deliveries(first))
      await recordEvent(depsOf(payload), {
        eventId: `event of ${email}`,
        ...{ kind: 'delivered', type: 'email.delivered', occurredAt: at('08:04'), bounceType: null },
        ...{ emails: [email], providerId: null, tags: { delivery: id }, detail: null, payload: null },
      })

    for (const [name, email] of Object.entries({ Anna: 'anna@example.com', Bo: 'bo@example.com' })) {
      const wrote = { name, email, message: 'Hej!', locale: 'sv' } as const
      const message = await payload.create({ collection: 'contact-messages', data: wrote })
      await followUp({ payload, message })
    }

    const where = { email: { equals: 'anna@example.com' } }
    const [reader] = (await payload.find({ collection: 'subscribers', where, depth: 0 })).docs
    const token = tokenOf(payload, { reader: reader ?? { id: 0 }, purpose: 'preferences' })
    const { status, body } = await anybodyOn(database)('GET', `/preferences/data?token=${token}`)
    const none = { deliveredAt: null, delayedAt: null, bouncedAt: null, complainedAt: null, failedAt: null }
    const shown = { subject: expect.any(String), email: 'anna@example.com', name: 'Anna', locale: 'sv' }
    expect([status, String(reader?.id), body]).toEqual([
      200,
      anna,
      expect.objectContaining({
        deliveries: [
          {
            ...{ ...shown, ...none, status: 'submitted', reason: null },
            ...{ settledAt: expect.any(String), deliveredAt: at('08:04').toISOString() },
          },
          { ...shown, ...none, status: 'pending', reason: null, settledAt: null },
        ],
        contactMessages: [
          {
            ...{ name: 'Anna', email: 'anna@example.com', message: 'Hej!', locale: 'sv' },
            ...{ wantsNewsletter: false, createdAt: expect.any(String), answeredAt: null },
          },
        ],
        transactionalMails: [
          {
            ...{ kind: 'contact-thanks', email: 'anna@example.com', status: 'pending' },
            ...{ createdAt: expect.any(String), settledAt: null },
          },
        ],
        providerEvents: [
          {
            ...{ type: 'email.delivered', email: 'anna@example.com', bounceType: null },
            occurredAt: at('08:04').toISOString(),
          },
        ],
      }),
    ])
    expect(JSON.stringify(body)).not.toContain('bo@example.com')
  })
})
