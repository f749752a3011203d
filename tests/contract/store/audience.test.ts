import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { DeliveryStatus, Edition, EditionAudience } from '../../../src/newsletter/model.ts'
import {
  claimedBatch,
  mailing,
  openCampaign,
  snapshot,
  startedCampaign,
} from '../../support/flow/builders.ts'
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
      await rig.store.openCampaign({ id, token: 'b', canary: null, now: at('08:02') })
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
      await rig.store.openCampaign({ id, token: 'b', canary: null, now: at('08:02') })
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

  describe('of a later edition', () => {
    const article = async () => {
      const articleId = await rig.addArticle()
      return { articleId, mail: (edition: Partial<Edition>) => mailEdition(articleId, edition) }
    }
    /** Mails an edition to the end: who is in `fates` has that fate, everybody else is submitted. */
    const mailEdition = async (
      articleId: string,
      { number = 1, audience = 'everybody', corrects = null }: Partial<Edition>,
      fates: Record<string, DeliveryStatus> = {},
    ) => {
      const edition = { articleId, number, audience, corrects }
      const id = await rig.addCampaign({ articleId, edition: number, audience, corrects })
      const { store } = rig
      await store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      await store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:00') })
      await store.fixMailing({ id, token: 'a', mailing: mailing() })
      await snapshot(rig, { campaignId: id, worker: 'a', edition })
      await store.openCampaign({ id, token: 'a', canary: null, now: at('08:02') })
      for (const { id: delivery, email } of await rig.deliveries(id))
        await rig.setDelivery(delivery, { status: fates[email.split('@')[0] ?? ''] ?? 'submitted' })
      await rig.setCampaign(id, { status: 'submitted' })
      return id
    }
    const JOINED = at('08:30')
    const names = async (id: string) => (await addressees(id)).map((email) => email.split('@')[0])
    const counted = async (edition: Edition, topicIds: string[] = []) =>
      rig.store.countAudience({ edition, topicIds, now: at('09:00') })

    it('leaves out who was reached before, and parts those who joined since from those who missed it', async () => {
      const { articleId } = await article()
      for (const name of ['got', 'rejected', 'excluded', 'uncertain', 'cut'])
        await rig.addSubscriber({ email: `${name}@example.com`, locale: name === 'cut' ? 'en' : 'sv' })
      const fates = {
        rejected: 'rejected',
        excluded: 'excluded',
        uncertain: 'uncertain',
        cut: 'excluded',
      } as const
      await mailEdition(articleId, {}, fates)
      await rig.addSubscriber({ email: 'new@example.com', joinedAt: JOINED })
      await rig.addSubscriber({ email: 'asked@example.com', joinedAt: JOINED, status: 'pending' })
      const later = (audience: EditionAudience, number = 2): Edition => ({
        articleId,
        number,
        audience,
        corrects: null,
      })
      const counts = [
        await counted(later('joined_since')),
        await counted(later('missed')),
        await counted(later('topic')),
      ]
      const since = await mailEdition(articleId, { number: 2, audience: 'joined_since' })
      const missed = await mailEdition(articleId, { number: 3, audience: 'missed' }, { cut: 'rejected' })
      expect([await names(since), await names(missed), counts]).toEqual([
        ['new'],
        ['cut', 'excluded', 'rejected'],
        [
          { sv: 1, en: 0 },
          { sv: 2, en: 1 },
          { sv: 3, en: 1 },
        ],
      ])
      // What the second and third edition reached counts as well.
      const again = await mailEdition(articleId, { number: 4, audience: 'missed' })
      expect(await names(again)).toEqual(['cut'])
      expect(await counted(later('joined_since', 5))).toEqual({ sv: 0, en: 0 })
    })

    it('that corrects goes to those alone who were submitted in the edition that it corrects, and still subscribe', async () => {
      const { articleId } = await article()
      const left = await rig.addSubscriber({ email: 'left@example.com' })
      for (const name of ['got', 'rejected', 'uncertain'])
        await rig.addSubscriber({ email: `${name}@example.com` })
      await mailEdition(articleId, {}, { rejected: 'rejected', uncertain: 'uncertain' })
      await rig.addSubscriber({ email: 'new@example.com', joinedAt: JOINED })
      await mailEdition(articleId, { number: 2, audience: 'joined_since' })
      await rig.setSubscriber(left, { status: 'unsubscribed' })
      const first = await mailEdition(articleId, { number: 3, audience: 'correction', corrects: 1 })
      const second = await mailEdition(articleId, { number: 4, audience: 'correction', corrects: 2 })
      expect([await names(first), await names(second)]).toEqual([['got'], ['new']])
    })

    it('looks at the editions of its own article alone, and at no rows that a try left', async () => {
      const [one, other] = [await article(), await article()]
      await rig.addSubscriber({ email: 'reader@example.com' })
      await mailEdition(other.articleId, {})
      const first = await rig.addCampaign({ articleId: one.articleId })
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('b') })
      await rig.store.startCampaign({ id: first, token: 'b', topicIds: [], now: at('08:00') })
      await snapshot(rig, { campaignId: first, worker: 'b' })
      for (const { id } of await rig.deliveries(first)) await rig.setDelivery(id, { status: 'submitted' })
      expect(
        await counted({ articleId: one.articleId, number: 2, audience: 'topic', corrects: null }),
      ).toEqual({ sv: 1, en: 0 })
    })

    it('leaves out whose mail may still go', async () => {
      const { articleId } = await article()
      await rig.addSubscriber({ email: 'waits@example.com' })
      await rig.addSubscriber({ email: 'rejected@example.com' })
      await mailEdition(articleId, {}, { waits: 'pending', rejected: 'rejected' })
      const id = await mailEdition(articleId, { number: 2, audience: 'topic' })
      expect(await names(id)).toEqual(['rejected'])
    })

    it('to a topic takes those who follow it', async () => {
      const { articleId } = await article()
      const topic = await rig.addTopic('arbete')
      await rig.addSubscriber({ email: 'got@example.com', topicIds: [topic] })
      await mailEdition(articleId, {})
      await rig.addSubscriber({ email: 'follows@example.com', topicIds: [topic] })
      await rig.addSubscriber({ email: 'other@example.com' })
      expect(await counted({ articleId, number: 2, audience: 'topic', corrects: null }, [topic])).toEqual({
        sv: 1,
        en: 0,
      })
    })
  })
})
