import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { claimedBatch, openCampaign, snapshot, startedCampaign } from '../../support/flow/builders.ts'
import { readerEmail, type StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

/** More than any store writes in one statement. */
const MANY = 5_250

describe.each(storeRigs())('the store in $name: the audience of a campaign', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const addressees = async (id: string) => (await rig.deliveries(id)).map(({ email }) => email).sort()

  describe('snapshotAudience', () => {
    it('writes a delivery for each active subscriber, with what the mail needs to know', async () => {
      const anna = await rig.addSubscriber({ email: 'anna@example.com', name: 'Anna Å', locale: 'en' })
      for (const status of ['pending', 'unsubscribed', 'suppressed'] as const)
        await rig.addSubscriber({ status })
      const id = await startedCampaign(rig, { worker: 'a' })
      expect(await snapshot(rig, { campaignId: id, worker: 'a' })).toBe(1)
      expect(await rig.deliveries(id)).toEqual([
        {
          id: expect.any(String),
          campaignId: id,
          snapshot: 'a',
          subscriberId: anna,
          linkKey: expect.any(String),
          email: 'anna@example.com',
          name: 'Anna Å',
          locale: 'en',
          status: 'pending',
          batchNumber: 0,
          position: 0,
          reason: null,
          detail: null,
          providerId: null,
          settledAt: null,
        },
      ])
      expect(await rig.batches(id)).toEqual([
        {
          id: expect.any(String),
          campaignId: id,
          snapshot: 'a',
          number: 0,
          status: 'pending',
          idempotencyKey: `campaign-${id}-a-0`,
          attempts: 0,
          dueAt: at('08:01'),
          round: 0,
          remails: null,
          sealedAt: null,
          exclusions: null,
          recipients: null,
          inDoubtSince: null,
          calledWith: null,
          postponedSince: null,
          settledAt: null,
          leaseToken: null,
          leaseUntil: null,
        },
      ])
    })

    it('leaves out who is in a pause, until it is over', async () => {
      const work = await rig.addTopic('arbete')
      const follows = { topicIds: [work] }
      await rig.addSubscriber({ ...follows, email: 'paused@example.com', pausedUntil: at('08:02') })
      await rig.addSubscriber({ ...follows, email: 'back@example.com', pausedUntil: at('08:01') })
      await rig.addSubscriber({ ...follows, email: 'never@example.com' })
      const addressed = []
      for (const topicIds of [[], [work]]) {
        const id = await startedCampaign(rig, { worker: 'a' })
        await snapshot(rig, { campaignId: id, worker: 'a', topicIds })
        addressed.push(await addressees(id))
      }
      const two = ['back@example.com', 'never@example.com']
      expect(addressed).toEqual([two, two])
    })

    it('takes those who follow at least one of the topics, each once', async () => {
      const [freedom, work, rest] = [
        await rig.addTopic('frihet'),
        await rig.addTopic('arbete'),
        await rig.addTopic('vila'),
      ]
      await rig.addSubscriber({ email: 'both@example.com', topicIds: [freedom, work] })
      await rig.addSubscriber({ email: 'one@example.com', topicIds: [work] })
      await rig.addSubscriber({ email: 'other@example.com', topicIds: [rest] })
      await rig.addSubscriber({ email: 'none@example.com' })
      await rig.addSubscriber({ email: 'left@example.com', topicIds: [work], status: 'unsubscribed' })
      const id = await startedCampaign(rig, { worker: 'a' })
      expect(await snapshot(rig, { campaignId: id, worker: 'a', topicIds: [freedom, work] })).toBe(2)
      expect(await addressees(id)).toEqual(['both@example.com', 'one@example.com'])
    })

    it('takes everybody when no topic is named', async () => {
      await rig.addSubscriber({ email: 'one@example.com', topicIds: [await rig.addTopic('arbete')] })
      await rig.addSubscriber({ email: 'none@example.com' })
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      expect(await addressees(id)).toEqual(['none@example.com', 'one@example.com'])
    })

    it('makes no batch when nobody is there', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      expect(await snapshot(rig, { campaignId: id, worker: 'a' })).toBe(0)
      expect([await rig.deliveries(id), await rig.batches(id)]).toEqual([[], []])
    })

    it('numbers thousands without a gap: full batches, one after the other, everybody once', async () => {
      await rig.addSubscribers(MANY)
      const id = await startedCampaign(rig, { worker: 'a' })
      expect(await snapshot(rig, { campaignId: id, worker: 'a', batchSize: 100 })).toBe(MANY)
      const deliveries = await rig.addressees(id)
      expect(deliveries.map(({ batchNumber, position }) => batchNumber * 100 + position)).toEqual(
        Array.from({ length: MANY }, (_, number) => number),
      )
      expect(deliveries.map(({ email }) => email).sort()).toEqual(
        Array.from({ length: MANY }, (_, number) => readerEmail(number)),
      )
      expect((await rig.batches(id)).map(({ number }) => number)).toEqual(
        Array.from({ length: 53 }, (_, number) => number),
      )
    })

    it('renews the lease while it writes', async () => {
      await rig.addSubscribers(1)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      expect(await rig.campaign(id)).toMatchObject({ leaseToken: 'a', leaseUntil: at('08:02') })
    })

    it('writes nothing for a worker who has lost the lease', async () => {
      await rig.addSubscribers(1)
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })
      expect(await snapshot(rig, { campaignId: id, worker: 'a' })).toBeNull()
      expect([await rig.deliveries(id), await rig.batches(id)]).toEqual([[], []])
    })

    it('writes nothing for a campaign that was cancelled meanwhile', async () => {
      await rig.addSubscribers(1)
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.moveCampaign({ id, from: ['preparing'], to: 'cancelled', now: at('08:01') })
      expect(await snapshot(rig, { campaignId: id, worker: 'a' })).toBeNull()
      expect(await rig.deliveries(id)).toEqual([])
    })
  })

  describe('two tries to prepare, with a crash between them', () => {
    const prepareTwice = async () => {
      await rig.addSubscribers(3)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      await rig.addSubscriber({ email: 'new@example.com' })
      await rig.store.claimCampaign({ now: at('08:02'), lease: lease('b') })
      await snapshot(rig, { campaignId: id, worker: 'b' })
      return id
    }
    const snapshotsOf = async (id: string) =>
      [...(await rig.deliveries(id)), ...(await rig.batches(id))].map(({ snapshot: name }) => name).sort()

    it('count once: the rows of the one that opened the campaign', async () => {
      const id = await prepareTwice()
      await rig.store.openCampaign({ id, token: 'b', now: at('08:02') })
      expect((await rig.store.countDeliveries(id)).recipients).toBe(4)
      const { batch, next } = {
        batch: await claimedBatch(rig, { worker: 'c', time: '08:03' }),
        next: await rig.store.claimBatch({ now: at('08:03'), lease: lease('d') }),
      }
      expect([batch.idempotencyKey, next]).toEqual([`campaign-${id}-b-0`, null])
    })

    it('removeLeftovers keeps both while either may still open', async () => {
      const id = await prepareTwice()
      await rig.store.removeLeftovers(id)
      expect(await snapshotsOf(id)).toEqual(['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b', 'b'])
    })

    it('removeLeftovers removes the rows of the one that did not, and no other campaign’s', async () => {
      await rig.addSubscriber({ email: 'first@example.com' })
      const other = await openCampaign(rig, { worker: 'o' })
      const id = await prepareTwice()
      await rig.store.openCampaign({ id, token: 'b', now: at('08:02') })
      await rig.store.removeLeftovers(id)
      expect([await snapshotsOf(id), await snapshotsOf(other)]).toEqual([Array(6).fill('b'), ['o', 'o']])
    })

    it('removeLeftovers removes all of a campaign that was cancelled before it opened', async () => {
      const id = await prepareTwice()
      await rig.store.moveCampaign({ id, from: ['preparing'], to: 'cancelled', now: at('08:02') })
      await rig.store.removeLeftovers(id)
      expect(await snapshotsOf(id)).toEqual([])
    })
  })
})
