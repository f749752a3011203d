import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { NO_COUNTS } from '../../../src/adapters/store/memory/rows.ts'
import { CAMPAIGN_STATUSES, type DeliveryResult } from '../../../src/newsletter/model.ts'
import { CONTROLS, type Control } from '../../../src/newsletter/rules/campaignMoves.ts'
import { claimedBatch, openCampaign, snapshot, startedCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const PROBLEM = { code: 'provider_down', message: 'The provider is down.' }

const MOVES = (Object.keys(CONTROLS) as Control[]).flatMap((control) =>
  CAMPAIGN_STATUSES.map((status) => ({ control, status })),
)

describe.each(storeRigs())('the store in $name: a campaign on its way', ({ open }) => {
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

  describe('moveCampaign', () => {
    it.each(MOVES)('“$control” of a campaign that is $status', async ({ control, status }) => {
      const { from, to } = CONTROLS[control]
      const isAllowed = (from as readonly string[]).includes(status)
      const id = await rig.addCampaign({ status })
      const before = await rig.campaign(id)
      expect(await rig.store.moveCampaign({ id, from, to, now: at('09:00') })).toBe(isAllowed)
      expect(await rig.campaign(id)).toEqual(
        isAllowed
          ? {
              ...before,
              status: to === 'onward' ? 'scheduled' : to,
              dueAt: at('09:00'),
              updatedAt: at('09:00'),
            }
          : before,
      )
    })

    it('onward leads to submitting once the audience is fixed', async () => {
      const id = await openCampaign(rig)
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') })
      await rig.store.moveCampaign({ id, from: ['paused'], to: 'onward', now: at('08:04') })
      expect(await rig.campaign(id)).toMatchObject({ status: 'submitting', snapshot: 'preparer' })
    })

    it('ends the lease of whoever prepares it', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.moveCampaign({ id, from: ['preparing'], to: 'cancelled', now: at('08:00:30') })
      expect(await rig.store.openCampaign({ id, token: 'a', now: at('08:00:31') })).toBe(false)
      expect(await rig.campaign(id)).toMatchObject({
        status: 'cancelled',
        leaseToken: null,
        leaseUntil: null,
      })
    })

    it('clears the problem', async () => {
      const id = await rig.addCampaign()
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      await rig.store.stopPreparing({ id, token: 'a', to: 'failed', problem: PROBLEM, now: at('08:00') })
      await rig.store.moveCampaign({ id, from: ['failed'], to: 'onward', now: at('08:01') })
      expect(await rig.campaign(id)).toMatchObject({ status: 'scheduled', problem: null, dueAt: at('08:01') })
    })

    it('is done by one of two editors who press at once', async () => {
      const id = await openCampaign(rig)
      const move = { id, from: ['submitting'], to: 'paused', now: at('08:03') } as const
      const moves = await Promise.all([rig.store.moveCampaign(move), rig.store.moveCampaign(move)])
      expect(moves.sort()).toEqual([false, true])
    })
  })

  describe('holdCampaign', () => {
    it('says why, and since when no call was answered, whatever the reason was first', async () => {
      const id = await openCampaign(rig)
      await rig.store.holdCampaign({ id, until: at('08:04'), problem: PROBLEM, now: at('08:03') })
      const again = { ...PROBLEM, message: 'It is still down.' }
      await rig.store.holdCampaign({ id, until: at('08:06'), problem: again, now: at('08:05') })
      const held = await rig.campaign(id)
      const other = { code: 'quota', message: 'The quota is used up.' }
      await rig.store.holdCampaign({ id, until: at('08:08'), problem: other, now: at('08:07') })
      expect([held, await rig.campaign(id)]).toMatchObject([
        { problem: { ...again, at: at('08:03') }, dueAt: at('08:06'), updatedAt: at('08:05') },
        { problem: { ...other, at: at('08:03') }, dueAt: at('08:08'), updatedAt: at('08:07') },
      ])
    })

    it('does not shorten a longer wait', async () => {
      const id = await openCampaign(rig)
      await rig.store.holdCampaign({ id, until: at('09:00'), problem: PROBLEM, now: at('08:03') })
      await rig.store.holdCampaign({ id, until: at('08:05'), problem: PROBLEM, now: at('08:04') })
      expect((await rig.campaign(id)).dueAt).toEqual(at('09:00'))
    })

    it('changes nothing of a campaign that was paused meanwhile', async () => {
      const id = await openCampaign(rig)
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') })
      const before = await rig.campaign(id)
      await rig.store.holdCampaign({ id, until: at('09:00'), problem: PROBLEM, now: at('08:04') })
      expect(await rig.campaign(id)).toEqual(before)
    })
  })

  describe('clearProblem', () => {
    it('clears it, and leaves a campaign alone that has none', async () => {
      const id = await openCampaign(rig)
      await rig.store.holdCampaign({ id, until: at('08:04'), problem: PROBLEM, now: at('08:03') })
      await rig.store.clearProblem({ id, now: at('08:05') })
      await rig.store.clearProblem({ id, now: at('08:06') })
      expect(await rig.campaign(id)).toMatchObject({ problem: null, updatedAt: at('08:05') })
    })
  })

  describe('finishing', () => {
    const finish = (id: string) => rig.store.finishCampaign({ id, now: at('09:00') })

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
        false,
      ])
      expect(await rig.campaign(id)).toMatchObject({ status: 'submitting' })
    })

    it('waits until every batch is settled', async () => {
      await rig.addSubscribers(3)
      const id = await openCampaign(rig, { batchSize: 2 })
      await settleNext({ campaignId: id, time: '08:03' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], false])
      await settleNext({ campaignId: id, time: '08:03' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], true])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'submitted',
        finishedAt: at('09:00'),
        updatedAt: at('09:00'),
        counts: { ...NO_COUNTS, recipients: 3, submitted: 3 },
      })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], false])
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
      await finish(id)
      const counts = { ...NO_COUNTS, recipients: 5, submitted: 2, rejected: 1, uncertain: 1, excluded: 1 }
      expect([uncounted, await rig.store.countDeliveries(id), (await rig.campaign(id)).counts]).toEqual([
        { ...NO_COUNTS, recipients: 5 },
        counts,
        counts,
      ])
    })

    it('is at once when nobody is in the audience', async () => {
      const id = await openCampaign(rig)
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], true])
      expect(await rig.campaign(id)).toMatchObject({ status: 'submitted', counts: NO_COUNTS })
    })

    it('looks at the rows that count alone', async () => {
      await rig.addSubscribers(2)
      const id = await startedCampaign(rig, { worker: 'dead' })
      await snapshot(rig, { campaignId: id, worker: 'dead' })
      await rig.store.claimCampaign({ now: at('08:02'), lease: lease('b') })
      await snapshot(rig, { campaignId: id, worker: 'b' })
      await rig.store.openCampaign({ id, token: 'b', now: at('08:02') })
      await settleNext({ campaignId: id, time: '08:03' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], true])
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
        false,
        false,
      ])
    })

    it('of a cancelled campaign keeps its name and its counts, once', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 1 })
      await settleNext({ campaignId: id, time: '08:03' })
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'cancelled', now: at('08:04') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], false])
      await settleNext({ campaignId: id, time: '08:04' })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], true])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'cancelled',
        finishedAt: at('09:00'),
        counts: { ...NO_COUNTS, recipients: 2, submitted: 2 },
      })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[], false])
    })

    it('of a campaign that was cancelled before it opened counts nobody', async () => {
      await rig.addSubscribers(2)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      await rig.store.moveCampaign({ id, from: ['preparing'], to: 'cancelled', now: at('08:02') })
      expect([await rig.store.findDrainedCampaigns(), await finish(id)]).toEqual([[id], true])
      expect(await rig.campaign(id)).toMatchObject({ status: 'cancelled', counts: NO_COUNTS })
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
})
