import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../../src/adapters/store/memory/rows.ts'
import type { DeliveryResult } from '../../../src/newsletter/model.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import {
  claimedBatch,
  finishedCampaign,
  openCampaign,
  settledCampaign,
  snapshot,
  startedCampaign,
} from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const PROBLEM = { code: 'provider_down', message: 'The provider is down.' }

describe.each(storeRigs())('the store in $name: the end of a campaign', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  /** Settles the next batch: everybody in it the same. */
  const settleNext = async ({ campaignId, time }: { campaignId: string; time: string }) => {
    const batch = await claimedBatch(rig, { worker: 'a', time })
    const results = (await rig.deliveries(campaignId))
      .filter(
        ({ batchNumber, snapshot: name }) =>
          batchNumber === batch.number && batch.idempotencyKey.includes(name),
      )
      .map(({ id }): DeliveryResult => ({ deliveryId: id, status: 'submitted', providerId: null }))
    await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at(time) })
  }

  describe('finishing', () => {
    const finish = (id: string) => rig.store.finishCampaign({ id, undecided: UNDECIDED, now: at('09:00') })

    it('never says submitted while somebody has no outcome, even when every batch is settled', async () => {
      await rig.addSubscribers(3)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const [first, ...others] = await rig.deliveries(id)
      const outcome = { status: 'submitted', providerId: null } as const
      const results = others.map(({ id: deliveryId }) => ({ deliveryId, ...outcome }))
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:04') })
      expect([first?.status, await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([
        'pending',
        [],
        null,
      ])
      expect(await rig.campaign(id)).toMatchObject({ status: 'submitting' })
    })

    it('waits until every batch is settled', async () => {
      await rig.addSubscribers(3)
      const id = await openCampaign(rig, { batchSize: 2 })
      await settleNext({ campaignId: id, time: '08:03' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], null])
      await settleNext({ campaignId: id, time: '08:03' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], 'submitted'])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'submitted',
        movedAt: at('09:00'),
        finishedAt: at('09:00'),
        updatedAt: at('09:00'),
        counts: { ...NO_COUNTS, recipients: 3, submitted: 3 },
      })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], null])
    })

    it('counts every fate', async () => {
      await rig.addSubscribers(5)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const [one, two, three, four, five] = (await rig.deliveries(id)).map((delivery) => delivery.id) as [
        string,
        string,
        string,
        string,
        string,
      ]
      const uncounted = await rig.store.countDeliveries(id)
      const results: DeliveryResult[] = [
        { deliveryId: one, status: 'submitted', providerId: null },
        { deliveryId: two, status: 'submitted', providerId: null },
        { deliveryId: three, status: 'rejected', reason: 'invalid', detail: null },
        { deliveryId: four, status: 'uncertain', reason: 'interrupted', detail: null },
        { deliveryId: five, status: 'excluded', reason: 'deleted' },
      ]
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:03') })
      expect(await finish(id)).toBe('paused')
      const counts = { ...NO_COUNTS, recipients: 5, submitted: 2, rejected: 1, uncertain: 1, excluded: 1 }
      expect([uncounted, await rig.store.countDeliveries(id), (await rig.campaign(id)).counts]).toEqual([
        { ...NO_COUNTS, recipients: 5 },
        counts,
        counts,
      ])
    })

    it('is at once when nobody is in the audience', async () => {
      const id = await openCampaign(rig)
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], 'submitted'])
      expect(await rig.campaign(id)).toMatchObject({ status: 'submitted', counts: NO_COUNTS })
    })

    it('looks at the rows that count alone', async () => {
      await rig.addSubscribers(2)
      const id = await startedCampaign(rig, { worker: 'dead' })
      await snapshot(rig, { campaignId: id, worker: 'dead' })
      await rig.store.claimCampaign({ now: at('08:02'), lease: lease('b') })
      await snapshot(rig, { campaignId: id, worker: 'b' })
      await rig.store.openCampaign({ id, token: 'b', canary: null, now: at('08:02') })
      await settleNext({ campaignId: id, time: '08:03' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], 'submitted'])
      expect((await rig.campaign(id)).counts).toEqual({ ...NO_COUNTS, recipients: 2, submitted: 2 })
    })

    it('clears the problem', async () => {
      const id = await openCampaign(rig)
      await rig.store.holdCampaign({ id, until: at('08:04'), problem: PROBLEM, now: at('08:03') })
      await finish(id)
      expect(await rig.campaign(id)).toMatchObject({ status: 'submitted', problem: null })
    })

    it('is not for a campaign that is paused, or not open yet', async () => {
      const paused = await openCampaign(rig, { worker: 'a' })
      await rig.store.moveCampaign({ id: paused, from: ['submitting'], to: 'paused', now: at('08:03') })
      const started = await startedCampaign(rig, { worker: 'b' })
      expect([await rig.store.findDrainedCampaigns(), await finish(paused), await finish(started)]).toEqual([
        [],
        null,
        null,
      ])
    })

    it('of a cancelled campaign keeps its name and its counts, once', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 1 })
      await settleNext({ campaignId: id, time: '08:03' })
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'cancelled', now: at('08:04') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], null])
      await settleNext({ campaignId: id, time: '08:04' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], 'cancelled'])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'cancelled',
        movedAt: at('08:04'),
        finishedAt: at('09:00'),
        counts: { ...NO_COUNTS, recipients: 2, submitted: 2 },
      })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], null])
    })

    it('of a campaign that was cancelled before it opened counts nobody', async () => {
      await rig.addSubscribers(2)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      await rig.store.moveCampaign({ id, from: ['preparing'], to: 'cancelled', now: at('08:02') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], 'cancelled'])
      expect(await rig.campaign(id)).toMatchObject({ status: 'cancelled', counts: NO_COUNTS })
    })
  })

  describe('finishing with somebody of whom nobody can know', () => {
    const finish = (id: string, time: string) =>
      rig.store.finishCampaign({ id, undecided: UNDECIDED, now: at(time) })

    it('waits for a decision, with the reason and the counts, and is not finished', async () => {
      const { id } = await settledCampaign(rig, { fates: [['submitted', 'uncertain']] })
      await rig.store.holdCampaign({ id, until: at('08:04'), problem: PROBLEM, now: at('08:03') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id, '09:00')]).toEqual([[id], 'paused'])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'paused',
        problem: { ...UNDECIDED, at: at('09:00') },
        counts: { ...NO_COUNTS, recipients: 2, submitted: 1, uncertain: 1 },
        movedAt: at('09:00'),
        finishedAt: null,
        updatedAt: at('09:00'),
      })
      expect([await rig.store.findDrainedCampaigns(), await finish(id, '09:01')]).toEqual([[], null])
    })

    it('finishes once staff have decided to leave it', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'uncertain']] })
      await rig.store.leaveUncertain({ id, by: await rig.editor(), now: at('09:00') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id, '09:01')]).toEqual([[id], 'submitted'])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'submitted',
        problem: null,
        counts: { ...NO_COUNTS, recipients: 2, submitted: 1, uncertain: 1 },
        finishedAt: at('09:01'),
      })
    })

    it('asks again when staff only resume it', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['uncertain']] })
      await rig.store.moveCampaign({ id, from: ['paused'], to: 'onward', now: at('09:00') })
      expect([await finish(id, '09:01'), (await rig.campaign(id)).problem]).toEqual([
        'paused',
        { ...UNDECIDED, at: at('09:01') },
      ])
    })

    it('asks nobody about a cancelled campaign', async () => {
      const { id } = await finishedCampaign(rig, { fates: [['submitted', 'uncertain']] })
      await rig.store.moveCampaign({ id, from: ['paused'], to: 'cancelled', now: at('09:00') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id, '09:01')]).toEqual([[id], 'cancelled'])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'cancelled',
        problem: null,
        counts: { ...NO_COUNTS, recipients: 2, submitted: 1, uncertain: 1 },
        finishedAt: at('09:01'),
      })
    })

    it('is done by one of two workers who come at once', async () => {
      const { id } = await settledCampaign(rig, { fates: [['submitted']] })
      const ends = await Promise.all([finish(id, '09:00'), finish(id, '09:00')])
      expect(ends.filter((status) => status !== null)).toEqual(['submitted'])
    })
  })

  describe('countDeliveries', () => {
    it('counts nobody before the campaign is open', async () => {
      await rig.addSubscribers(2)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      expect(await rig.store.countDeliveries(id)).toEqual(NO_COUNTS)
    })
  })

  describe('countRefusals', () => {
    const refusalsOf = (id: string, reason = 'a_reason') =>
      rig.store.countRefusals({ campaignId: id, reason })

    it('counts those for that reason', async () => {
      const { id } = await settledCampaign(rig, { fates: [['rejected'], ['rejected'], ['uncertain']] })
      expect([await refusalsOf(id), await refusalsOf(id, 'another')]).toEqual([
        { refused: 2, hasSubmitted: false },
        { refused: 0, hasSubmitted: false },
      ])
    })

    it('says whether anybody was mailed', async () => {
      const { id } = await settledCampaign(rig, { fates: [['rejected'], ['submitted']] })
      expect(await refusalsOf(id)).toEqual({ refused: 1, hasSubmitted: true })
    })

    it('counts nobody whom staff saw refused before they resumed the campaign', async () => {
      const { id } = await settledCampaign(rig, { fates: [['rejected']] })
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:04') })
      await rig.store.moveCampaign({ id, from: ['paused'], to: 'onward', now: at('08:05') })
      expect(await refusalsOf(id)).toEqual({ refused: 0, hasSubmitted: false })
    })
  })
})
