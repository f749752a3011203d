import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import {
  mailNextBatch,
  openCampaign,
  settledCampaign,
  snapshot,
  startedCampaign,
} from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

describe.each(storeRigs())('the store in $name: what became of a campaign', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  describe('readReceipt', () => {
    const places = async (campaignId: string, after: { batchNumber: number; position: number } | null) =>
      (await rig.store.readReceipt({ campaignId, after, limit: 2 })).map(
        ({ batchNumber, position }) => `${batchNumber}.${position}`,
      )

    it('tells every recipient’s fate', async () => {
      const { id } = await settledCampaign(rig, { fates: [['submitted', 'rejected'], ['uncertain']] })
      const [one, two, three] = await rig.deliveries(id)
      const common = {
        name: null,
        locale: 'sv',
        reason: null,
        detail: null,
        providerId: null,
        settledAt: at('08:03'),
        ...{ deliveredAt: null, delayedAt: null, bouncedAt: null, complainedAt: null, failedAt: null },
      }
      expect(await rig.store.readReceipt({ campaignId: id, after: null, limit: 10 })).toEqual([
        {
          ...common,
          deliveryId: one?.id,
          subscriberId: one?.subscriberId,
          email: 'reader-00000@example.com',
          status: 'submitted',
          providerId: `p-${one?.id}`,
          batchNumber: 0,
          position: 0,
        },
        {
          ...common,
          deliveryId: two?.id,
          subscriberId: two?.subscriberId,
          email: 'reader-00001@example.com',
          status: 'rejected',
          reason: 'a_reason',
          batchNumber: 0,
          position: 1,
        },
        {
          ...common,
          deliveryId: three?.id,
          subscriberId: three?.subscriberId,
          email: 'reader-00002@example.com',
          status: 'uncertain',
          reason: 'a_reason',
          batchNumber: 1,
          position: 0,
        },
      ])
    })

    it('tells of those of one status alone, in their order, page by page', async () => {
      const { id } = await settledCampaign(rig, {
        fates: [
          ['rejected', 'submitted'],
          ['rejected', 'rejected'],
          ['uncertain', 'rejected'],
        ],
      })
      const page = async (after: { batchNumber: number; position: number } | null) =>
        (await rig.store.readReceipt({ campaignId: id, status: 'rejected', after, limit: 2 })).map(
          ({ batchNumber, position }) => `${batchNumber}.${position}`,
        )
      expect(await page(null)).toEqual(['0.0', '1.0'])
      expect(await page({ batchNumber: 1, position: 0 })).toEqual(['1.1', '2.1'])
      expect(await page({ batchNumber: 2, position: 1 })).toEqual([])
    })

    it('goes on after the one named, page by page', async () => {
      await rig.addSubscribers(7)
      const id = await openCampaign(rig, { batchSize: 3 })
      expect([
        await places(id, null),
        await places(id, { batchNumber: 0, position: 1 }),
        await places(id, { batchNumber: 1, position: 0 }),
        await places(id, { batchNumber: 1, position: 2 }),
        await places(id, { batchNumber: 2, position: 0 }),
      ]).toEqual([['0.0', '0.1'], ['0.2', '1.0'], ['1.1', '1.2'], ['2.0'], []])
    })

    it('knows the rows that count alone', async () => {
      await rig.addSubscribers(1)
      const id = await startedCampaign(rig, { worker: 'dead' })
      await snapshot(rig, { campaignId: id, worker: 'dead' })
      const before = await places(id, null)
      await rig.store.claimCampaign({ now: at('08:02'), lease: lease('b') })
      await snapshot(rig, { campaignId: id, worker: 'b' })
      await rig.store.openCampaign({ id, token: 'b', canary: null, now: at('08:02') })
      expect([before, await places(id, null)]).toEqual([[], ['0.0']])
    })
  })

  describe('lastSettledAt', () => {
    it('is the time of the batch that was settled last', async () => {
      await rig.addSubscribers(3)
      const id = await openCampaign(rig, { batchSize: 1 })
      const none = await rig.store.lastSettledAt(id)
      await mailNextBatch(rig, { time: '08:05', fates: [] })
      await mailNextBatch(rig, { time: '08:04', fates: [] })
      expect([none, await rig.store.lastSettledAt(id)]).toEqual([null, at('08:05')])
    })

    it('is of that campaign alone', async () => {
      await settledCampaign(rig, { fates: [['submitted']] })
      const id = await startedCampaign(rig, { worker: 'b' })
      expect(await rig.store.lastSettledAt(id)).toBeNull()
    })
  })

  describe('readRecipients', () => {
    it('tells of those subscribers alone who are in the campaign', async () => {
      const { id } = await settledCampaign(rig, { fates: [['submitted', 'rejected', 'uncertain']] })
      const [one, , three] = await rig.deliveries(id)
      const stranger = await rig.addSubscriber({ email: 'late@example.com' })
      const subscriberIds = [three?.subscriberId ?? '', stranger, one?.subscriberId ?? '']
      const found = await rig.store.readRecipients({ campaignId: id, subscriberIds })
      expect(found.map(({ deliveryId }) => deliveryId).sort()).toEqual([one?.id, three?.id].sort())
      expect(await rig.store.readRecipients({ campaignId: id, subscriberIds: [] })).toEqual([])
    })
  })

  describe('findAddresses', () => {
    it('finds who has an address that begins so, by their address, page by page', async () => {
      for (const email of [
        'ann@example.com',
        'anna@b.example',
        'anna@a.example',
        'bo@example.com',
        'anna_%@x.example',
      ])
        await rig.addSubscriber({ email })
      const find = async (prefix: string, after: string | null) =>
        (await rig.store.findAddresses({ prefix, after, limit: 2 })).map(({ email }) => email)
      expect(await find('anna@', null)).toEqual(['anna@a.example', 'anna@b.example'])
      expect(await find('anna@', 'anna@a.example')).toEqual(['anna@b.example'])
      expect(await find('ann', null)).toEqual(['ann@example.com', 'anna@a.example'])
      expect(await find('anna_%', null)).toEqual(['anna_%@x.example'])
      expect(await find('nobody', null)).toEqual([])
    })
  })
})
