import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { CAMPAIGN_STATUSES, type RemailedStatus } from '../../../src/newsletter/model.ts'
import { nextKey } from '../../../src/newsletter/rules/nextKey.ts'
import {
  claimedBatch,
  finish,
  finishedCampaign,
  mailNextBatch,
  openCampaign,
  settledCampaign,
} from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at } from '../../support/flow/time.ts'

/** More than any store reopens in one statement. */
const MANY = 510

describe.each(storeRigs())('the store in $name: deliveries that are mailed once more', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const request = async (id: string, of: RemailedStatus, time = '09:00') =>
    rig.store.requestRemailing({ id, of, by: await rig.editor(), now: at(time) })
  const leave = async (id: string) =>
    rig.store.leaveUncertain({ id, by: await rig.editor(), now: at('09:00') })
  const reopen = (id: string, time = '09:01') => rig.store.reopenBatches({ id, now: at(time) })
  const statuses = async (id: string) => (await rig.deliveries(id)).map(({ status }) => status)
  const pendingNumbers = async (id: string) =>
    (await rig.batches(id)).filter(({ status }) => status === 'pending').map(({ number }) => number)

  describe('requestRemailing', () => {
    it('makes a submitted campaign one that is submitted once more, in a new round', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'rejected']] })
      const before = await rig.campaign(id)
      expect(await request(id, 'rejected')).toBe(true)
      expect(await rig.campaign(id)).toEqual({
        ...before,
        status: 'submitting',
        round: 1,
        remailing: 'rejected',
        dueAt: at('09:00'),
        movedAt: at('09:00'),
        updatedAt: at('09:00'),
        finishedAt: null,
      })
      expect(await rig.store.findRemailingRequests()).toEqual([id])
    })

    it('writes down who decided that uncertain deliveries are mailed again', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'uncertain']] })
      expect(await request(id, 'uncertain')).toBe(true)
      expect(await rig.campaign(id)).toMatchObject({
        status: 'submitting',
        problem: null,
        remailing: 'uncertain',
        decision: { kind: 'mail_again', at: at('09:00'), by: await rig.editor() },
      })
    })

    it('lets staff decide anew about who is uncertain after the new round', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['rejected', 'uncertain']] })
      await leave(id)
      await finish(rig, { id, time: '09:00' })
      await request(id, 'rejected')
      const { decision } = await rig.campaign(id)
      await reopen(id)
      await mailNextBatch(rig, { time: '09:02', fates: ['uncertain'] })
      expect([decision, await finish(rig, { id, time: '09:03' })]).toEqual([null, 'paused'])
    })

    it.each(CAMPAIGN_STATUSES)('of a campaign that is %s and never opened does nothing', async (status) => {
      const id = await rig.addCampaign({ status })
      const before = await rig.campaign(id)
      expect(await request(id, 'rejected')).toBe(false)
      expect(await rig.campaign(id)).toEqual(before)
    })

    it('does nothing before the campaign is finished, or once it is cancelled', async () => {
      const { id } = await settledCampaign(rig, { fates: [['rejected']] })
      const beforeItsEnd = await request(id, 'rejected')
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'cancelled', now: at('08:05') })
      expect([beforeItsEnd, await request(id, 'rejected')]).toEqual([false, false])
    })

    it('is for a campaign that staff paused after its last batch, too', async () => {
      const { id } = await settledCampaign(rig, { fates: [['rejected']] })
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:05') })
      expect(await request(id, 'rejected')).toBe(true)
    })

    it('does nothing while another one waits, also when the campaign was paused meanwhile', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['rejected', 'uncertain']] })
      await request(id, 'rejected')
      const again = await request(id, 'uncertain')
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('09:00') })
      const before = await rig.campaign(id)
      expect([again, await request(id, 'uncertain'), await leave(id)]).toEqual([false, false, false])
      expect(await rig.campaign(id)).toEqual(before)
    })

    it('is done by one of two editors who press at once', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['rejected']] })
      const asked = await Promise.all([request(id, 'rejected'), request(id, 'rejected')])
      expect([asked.sort(), (await rig.campaign(id)).round]).toEqual([[false, true], 1])
    })
  })

  describe('when the article has a later edition, which may go to the same people', () => {
    const withLater = async (later: { status: 'holding' | 'submitted'; isUndone?: boolean }) => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'rejected']] })
      const { articleId } = await rig.campaign(id)
      const second = () =>
        rig.addCampaign({ articleId, edition: 2, audience: 'missed', status: later.status })
      return { id, second }
    }

    it('nothing is asked for, unless that was undone', async () => {
      const { id, second } = await withLater({ status: 'holding' })
      const later = await second()
      const before = await rig.campaign(id)
      expect(await request(id, 'rejected')).toBe(false)
      expect(await rig.campaign(id)).toEqual(before)
      await rig.store.undoCampaign({ id: later, by: await rig.editor(), now: at('09:00') })
      expect(await request(id, 'rejected')).toBe(true)
    })

    it('what was asked for right before is dropped', async () => {
      const { id, second } = await withLater({ status: 'submitted' })
      expect(await request(id, 'rejected')).toBe(true)
      await second()
      await reopen(id)
      expect([(await rig.campaign(id)).remailing, await pendingNumbers(id)]).toEqual([null, []])
      await finish(rig, { id, time: '09:02' })
      expect((await rig.campaign(id)).status).toBe('submitted')
    })
  })

  describe('leaveUncertain', () => {
    it('lets the campaign go on, with the decision', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'uncertain']] })
      const before = await rig.campaign(id)
      expect(await leave(id)).toBe(true)
      expect(await rig.campaign(id)).toEqual({
        ...before,
        status: 'submitting',
        problem: null,
        decision: { kind: 'leave', at: at('09:00'), by: await rig.editor() },
        dueAt: at('09:00'),
        movedAt: at('09:00'),
        updatedAt: at('09:00'),
      })
    })

    it.each(CAMPAIGN_STATUSES)('of a campaign that is %s and never opened does nothing', async (status) => {
      const id = await rig.addCampaign({ status })
      const before = await rig.campaign(id)
      expect(await leave(id)).toBe(false)
      expect(await rig.campaign(id)).toEqual(before)
    })

    it('does nothing once the campaign is submitted', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted']] })
      expect(await leave(id)).toBe(false)
    })
  })

  it('a campaign that was paused before its last batch takes neither decision', async () => {
    await rig.addSubscribers(2)
    const id = await openCampaign(rig, { batchSize: 1 })
    await mailNextBatch(rig, { time: '08:03', fates: ['uncertain'] })
    const whileSubmitting = [await request(id, 'uncertain'), await leave(id)]
    await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:04') })
    const before = await rig.campaign(id)
    expect([...whileSubmitting, await request(id, 'uncertain'), await leave(id)]).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(await rig.campaign(id)).toEqual(before)
  })

  describe('reopenBatches', () => {
    it('makes pending again the batches with such deliveries alone, under their next key', async () => {
      const fates = [
        ['submitted', 'rejected'],
        ['submitted', 'submitted'],
        ['uncertain', 'rejected'],
      ] as const
      const { id } = await finishedCampaign(rig, { fates: fates.map((ofBatch) => [...ofBatch]) })
      const before = await rig.batches(id)
      await request(id, 'rejected')
      await reopen(id)
      const reopened = before.map((batch) => ({
        ...batch,
        status: 'pending',
        round: 1,
        remails: 'rejected',
        idempotencyKey: nextKey({ key: batch.idempotencyKey, attempts: batch.attempts }),
        attempts: batch.attempts + 1,
        dueAt: at('09:01'),
        sealedAt: null,
        exclusions: null,
        inDoubtSince: null,
        calledWith: null,
        postponedSince: null,
        settledAt: null,
      }))
      expect(await rig.batches(id)).toEqual([reopened[0], before[1], reopened[2]])
      expect(reopened[0]).toMatchObject({ attempts: 2, idempotencyKey: `campaign-${id}-preparer-0-try-2` })
      expect([await rig.store.findRemailingRequests(), await rig.campaign(id)]).toMatchObject([
        [],
        { status: 'submitting', remailing: null, round: 1 },
      ])
    })

    it('changes no delivery that is mailed again at the address that it has', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'rejected', 'uncertain']] })
      const before = await rig.deliveries(id)
      await request(id, 'uncertain')
      await reopen(id)
      expect(await rig.deliveries(id)).toEqual(before)
    })

    it('takes the address of today for a refused one, if there still is one', async () => {
      const { id, subscriberIds } = await finishedCampaign(rig, {
        fates: [['submitted', 'rejected', 'rejected', 'uncertain']],
      })
      const [anna, bertil, cecilia, david] = subscriberIds as [string, string, string, string]
      await rig.setSubscriber(anna, { email: 'anna.new@example.com' })
      await rig.setSubscriber(bertil, { email: 'bertil.new@example.com' })
      await rig.setSubscriber(cecilia, 'deleted')
      await rig.setSubscriber(david, { email: 'david.new@example.com' })
      await leave(id)
      await finish(rig, { id, time: '09:00' })
      await request(id, 'rejected')
      await reopen(id)
      expect((await rig.deliveries(id)).map(({ email }) => email)).toEqual([
        'reader-00000@example.com',
        'bertil.new@example.com',
        'reader-00002@example.com',
        'reader-00003@example.com',
      ])
    })

    it('keeps the address of a delivery that may have been mailed to it, and of one that is not mailed', async () => {
      const { id, subscriberIds } = await finishedCampaign(rig, { fates: [['uncertain', 'rejected']] })
      for (const [number, subscriber] of subscriberIds.entries())
        await rig.setSubscriber(subscriber, { email: `new-${number}@example.com` })
      await request(id, 'uncertain')
      await reopen(id)
      expect((await rig.deliveries(id)).map(({ email }) => email)).toEqual([
        'reader-00000@example.com',
        'reader-00001@example.com',
      ])
    })

    it('does the same when two do it at once, and when it is done again', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['rejected'], ['rejected'], ['submitted']] })
      await request(id, 'rejected')
      await Promise.all([reopen(id), reopen(id)])
      const [campaign, batches] = [await rig.campaign(id), await rig.batches(id)]
      expect(batches.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
        `campaign-${id}-preparer-0-try-2`,
        `campaign-${id}-preparer-1-try-2`,
        `campaign-${id}-preparer-2`,
      ])
      await reopen(id, '09:05')
      expect([await rig.campaign(id), await rig.batches(id)]).toEqual([campaign, batches])
    })

    it('leaves alone a batch that is in the round already, claimed or settled again', async () => {
      const { id, subscriberIds } = await finishedCampaign(rig, { fates: [['rejected'], ['rejected']] })
      await request(id, 'rejected')
      await reopen(id)
      await mailNextBatch(rig, { worker: 'a', time: '09:02', fates: ['rejected'] })
      const claimed = await claimedBatch(rig, { worker: 'b', time: '09:02' })
      const move = { batch: claimed, token: 'b', callWith: 'memory', now: at('09:02') }
      const sealed = await rig.store.sealBatch(move)
      const [batches, deliveries] = [await rig.batches(id), await rig.deliveries(id)]
      await rig.setSubscriber(subscriberIds[0] ?? '', { email: 'new-0@example.com' })
      await rig.setSubscriber(subscriberIds[1] ?? '', { email: 'new-1@example.com' })
      // As if whoever reopened them had been killed before the last write.
      await rig.setCampaign(id, { remailing: 'rejected' })
      await reopen(id, '09:03')
      expect([await rig.batches(id), await rig.deliveries(id)]).toEqual([batches, deliveries])
      expect(await rig.store.sealBatch(move)).toEqual(sealed)
      expect((await rig.campaign(id)).remailing).toBeNull()
    })

    it('counts on: each round has a key of its own, which does not grow', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['rejected']] })
      const keys = []
      for (const minute of [10, 20, 30, 40]) {
        await request(id, 'rejected', `09:${minute}`)
        await reopen(id, `09:${minute}`)
        keys.push((await rig.batches(id))[0]?.idempotencyKey)
        await mailNextBatch(rig, { time: `09:${minute}`, fates: ['rejected'] })
        await finish(rig, { id, time: `09:${minute}` })
      }
      expect(keys).toEqual([2, 4, 6, 8].map((number) => `campaign-${id}-preparer-0-try-${number}`))
      expect(await rig.batches(id)).toMatchObject([{ round: 4, attempts: 9 }])
    })

    it('does nothing without a request', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['rejected']] })
      const before = [await rig.campaign(id), await rig.batches(id)]
      await reopen(id)
      expect([await rig.campaign(id), await rig.batches(id)]).toEqual(before)
    })

    it('is done for hundreds of batches', async () => {
      await rig.addSubscribers(MANY)
      const id = await openCampaign(rig, { batchSize: 1 })
      for (let number = 0; number < MANY; number++)
        await mailNextBatch(rig, { time: '08:03', fates: ['rejected'] })
      await finish(rig, { id, time: '08:30' })
      await request(id, 'rejected')
      await reopen(id)
      expect(await pendingNumbers(id)).toEqual(Array.from({ length: MANY }, (_, number) => number))
    })
  })

  it('a campaign with a request is not finished, whatever happens to it', async () => {
    const { id } = await finishedCampaign(rig, { fates: [['rejected']] })
    await request(id, 'rejected')
    const waiting = [await rig.store.findDrainedCampaigns(), await finish(rig, { id, time: '09:00' })]
    await rig.store.moveCampaign({ id, from: ['submitting'], to: 'cancelled', now: at('09:00') })
    const cancelled = [await rig.store.findDrainedCampaigns(), await rig.store.findRemailingRequests()]
    await reopen(id)
    expect([...waiting, ...cancelled]).toEqual([[], null, [], [id]])
    const batch = await claimedBatch(rig, { worker: 'a', time: '09:02' })
    await rig.store.sealBatch({ batch, token: 'a', callWith: null, now: at('09:02') })
    await rig.store.settleBatch({ id: batch.id, token: 'a', results: [], now: at('09:02') })
    expect([batch.isCancelled, await rig.store.findDrainedCampaigns(), await statuses(id)]).toEqual([
      true,
      [id],
      ['rejected'],
    ])
    expect(await finish(rig, { id, time: '09:03' })).toBe('cancelled')
  })

  describe('a batch in a later round', () => {
    /** Anna has it, Bertil was refused, of Cecilia and David nobody knew, Eva had left. */
    const secondRound = async (of: RemailedStatus) => {
      const campaign = await finishedCampaign(rig, {
        fates: [['submitted', 'rejected', 'uncertain', 'uncertain', 'excluded']],
      })
      await request(campaign.id, of)
      await reopen(campaign.id)
      return campaign
    }
    const seal = async (worker: string, time: string) => {
      const batch = await claimedBatch(rig, { worker, time })
      const sealed = await rig.store.sealBatch({ batch, token: worker, callWith: 'memory', now: at(time) })
      return { batch, sealed, emails: sealed?.recipients.map(({ email }) => email) }
    }

    it('is given with its round, as if it had never been tried', async () => {
      const { id } = await secondRound('uncertain')
      expect((await seal('a', '09:02')).batch).toEqual({
        id: expect.any(String),
        campaignId: id,
        number: 0,
        idempotencyKey: `campaign-${id}-preparer-0-try-2`,
        attempts: 2,
        round: 1,
        calledWith: null,
        sealedAt: null,
        inDoubtSince: null,
        postponedSince: null,
        problemSince: null,
        isCancelled: false,
      })
    })

    it('mails those of the round alone', async () => {
      const { id } = await secondRound('uncertain')
      const { sealed, emails } = await seal('a', '09:02')
      expect([emails, sealed?.exclusions]).toEqual([
        ['reader-00002@example.com', 'reader-00003@example.com'],
        [],
      ])
      const [, , cecilia, david] = await rig.deliveries(id)
      expect(await rig.batches(id)).toMatchObject([
        { sealedAt: at('09:02'), exclusions: [], recipients: [cecilia?.id, david?.id] },
      ])
    })

    it('leaves out who has left, without another outcome for them', async () => {
      const { id, subscriberIds } = await secondRound('uncertain')
      await rig.setSubscriber(subscriberIds[2] ?? '', { status: 'unsubscribed' })
      const { sealed, emails } = await seal('a', '09:02')
      expect([emails, sealed?.exclusions]).toEqual([['reader-00003@example.com'], []])
      const results = [
        { deliveryId: sealed?.recipients[0]?.id ?? '', status: 'submitted' as const, providerId: 'p' },
      ]
      const [batch] = await rig.batches(id)
      await rig.store.settleBatch({ id: batch?.id ?? '', token: 'a', results, now: at('09:02') })
      expect(await statuses(id)).toEqual(['submitted', 'rejected', 'uncertain', 'submitted', 'excluded'])
    })

    it('may have nobody left, and then changes nobody', async () => {
      const { id, subscriberIds } = await finishedCampaign(rig, { fates: [['submitted', 'rejected']] })
      await request(id, 'rejected')
      await reopen(id)
      await rig.setSubscriber(subscriberIds[1] ?? '', 'deleted')
      const { batch, sealed } = await seal('a', '09:02')
      await rig.store.settleBatch({ id: batch.id, token: 'a', results: [], now: at('09:02') })
      expect([sealed, await statuses(id)]).toEqual([
        { exclusions: [], recipients: [] },
        ['submitted', 'rejected'],
      ])
      expect(await finish(rig, { id, time: '09:03' })).toBe('submitted')
    })

    it('gives the same at a repeat, whoever leaves and whatever was settled after it was fixed', async () => {
      const { id, subscriberIds } = await secondRound('uncertain')
      const first = await seal('a', '09:02')
      await rig.setSubscriber(subscriberIds[2] ?? '', { status: 'unsubscribed' })
      // What a crash between the deliveries and their batch leaves.
      await rig.setDelivery(first.sealed?.recipients[1]?.id ?? '', { status: 'submitted' })
      const again = await seal('b', '09:03')
      expect(again.sealed?.recipients).toEqual(first.sealed?.recipients)
      expect(again.batch).toMatchObject({ sealedAt: at('09:02'), inDoubtSince: at('09:02'), round: 1 })
      expect(await rig.batches(id)).toMatchObject([{ sealedAt: at('09:02') }])
    })

    it('is fixed anew after a try that was surely not taken', async () => {
      const { id, subscriberIds } = await secondRound('uncertain')
      const { batch } = await seal('a', '09:02')
      const move = { dueAt: null, newKey: 'another-key', postponedSince: null }
      await rig.store.releaseBatch({ id: batch.id, token: 'a', ...move })
      expect(await rig.batches(id)).toMatchObject([
        { idempotencyKey: 'another-key', sealedAt: null, recipients: null, calledWith: null, round: 1 },
      ])
      await rig.setSubscriber(subscriberIds[2] ?? '', { status: 'suppressed' })
      expect((await seal('b', '09:03')).emails).toEqual(['reader-00003@example.com'])
    })

    it('takes new outcomes for who was refused or uncertain, and for nobody else', async () => {
      const { id } = await secondRound('uncertain')
      const { batch } = await seal('a', '09:02')
      const [anna, bertil, cecilia, david, eva] = (await rig.deliveries(id)).map((delivery) => delivery.id)
      const results = [
        { deliveryId: anna ?? '', status: 'uncertain', reason: 'x', detail: null },
        { deliveryId: bertil ?? '', status: 'excluded', reason: 'deleted' },
        { deliveryId: cecilia ?? '', status: 'submitted', providerId: 'p-2' },
        { deliveryId: david ?? '', status: 'rejected', reason: 'invalid_to', detail: 'No.' },
        { deliveryId: eva ?? '', status: 'submitted', providerId: 'p-4' },
      ] as const
      const move = { id: batch.id, token: 'a', results: [...results], now: at('09:02:01') }
      expect(await rig.store.settleBatch(move)).toBe(true)
      const outcomes = (await rig.deliveries(id)).map(
        ({ status, reason, detail, providerId, settledAt }) => ({
          status,
          reason,
          detail,
          providerId,
          settledAt,
        }),
      )
      const before = { detail: null, providerId: null, settledAt: at('08:03') }
      expect(outcomes).toEqual([
        { ...before, status: 'submitted', reason: null, providerId: `p-${anna}` },
        { ...before, status: 'rejected', reason: 'a_reason' },
        { ...before, status: 'submitted', reason: null, providerId: 'p-2', settledAt: at('09:02:01') },
        { ...before, status: 'rejected', reason: 'invalid_to', detail: 'No.', settledAt: at('09:02:01') },
        { ...before, status: 'excluded', reason: 'unsubscribed' },
      ])
      expect(await rig.batches(id)).toMatchObject([{ status: 'settled', settledAt: at('09:02:01') }])
    })

    it('counts in the end as what became of it last', async () => {
      const { id } = await secondRound('uncertain')
      await mailNextBatch(rig, { time: '09:02', fates: ['submitted', 'submitted'] })
      expect([await rig.store.findDrainedCampaigns(), await finish(rig, { id, time: '09:03' })]).toEqual([
        [id],
        'submitted',
      ])
      expect((await rig.campaign(id)).counts).toMatchObject({
        recipients: 5,
        submitted: 3,
        rejected: 1,
        excluded: 1,
        uncertain: 0,
      })
    })
  })
})
