import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { claimedBatch, openCampaign, startedCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, LEASE_MS, lease } from '../../support/flow/time.ts'

describe.each(storeRigs())('the store in $name: leases', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const renew = (tokens: string[], time: string) =>
    rig.store.renewLeases({ tokens, now: at(time), leaseMs: LEASE_MS })
  const leasesOf = async (id: string) =>
    (await rig.batches(id)).map(({ leaseToken, leaseUntil }) => ({ leaseToken, leaseUntil }))

  /** Three batches, held by a, b and c since 08:03. */
  const heldBatches = async () => {
    await rig.addSubscribers(3)
    const id = await openCampaign(rig, { batchSize: 1 })
    for (const worker of ['a', 'b', 'c']) await claimedBatch(rig, { worker, time: '08:03' })
    return id
  }

  describe('renewLeases', () => {
    it('keeps a batch for whoever lives, and no other', async () => {
      const id = await heldBatches()
      await renew(['a', 'c', 'nobody'], '08:03:40')
      expect(await leasesOf(id)).toEqual([
        { leaseToken: 'a', leaseUntil: at('08:04:40') },
        { leaseToken: 'b', leaseUntil: at('08:04') },
        { leaseToken: 'c', leaseUntil: at('08:04:40') },
      ])
      expect((await rig.store.claimBatch({ now: at('08:04'), lease: lease('d') }))?.number).toBe(1)
    })

    it('keeps a campaign that is being prepared', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      await renew(['a'], '08:00:40')
      expect(await rig.store.claimCampaign({ now: at('08:01:39'), lease: lease('b') })).toBeNull()
      expect((await rig.store.claimCampaign({ now: at('08:01:40'), lease: lease('b') }))?.id).toBe(id)
    })

    it('gives nothing back to whoever has lost it', async () => {
      const id = await heldBatches()
      await claimedBatch(rig, { worker: 'd', time: '08:04' })
      const before = await leasesOf(id)
      await renew(['a'], '08:04:30')
      expect(await leasesOf(id)).toEqual(before)
    })

    it('is nothing when nothing is held', async () => {
      const id = await heldBatches()
      const before = await leasesOf(id)
      await renew([], '08:03:40')
      expect(await leasesOf(id)).toEqual(before)
    })
  })

  describe('giveBack', () => {
    it('lets the next worker have the batch at once, in its place; what is in doubt stays so', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 1 })
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
      const [before, other] = await rig.batches(id)
      await rig.store.giveBack({ tokens: ['a', 'nobody'] })
      expect(await rig.batches(id)).toEqual([{ ...before, leaseToken: null, leaseUntil: null }, other])
      expect(await rig.store.claimBatch({ now: at('08:03:01'), lease: lease('b') })).toMatchObject({
        id: batch.id,
        attempts: 1,
        inDoubtSince: at('08:03'),
      })
    })

    it('lets the next worker have the campaign at once, with what was fixed', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      const before = await rig.campaign(id)
      await rig.store.giveBack({ tokens: ['a'] })
      expect(await rig.campaign(id)).toEqual({ ...before, leaseToken: null, leaseUntil: null })
      expect((await rig.store.claimCampaign({ now: at('08:00:01'), lease: lease('b') }))?.id).toBe(id)
    })

    it('takes nothing from others', async () => {
      const id = await heldBatches()
      const before = await leasesOf(id)
      await rig.store.giveBack({ tokens: ['nobody'] })
      await rig.store.giveBack({ tokens: [] })
      expect(await leasesOf(id)).toEqual(before)
    })

    it('leaves a write with that token without effect', async () => {
      const id = await heldBatches()
      const [batch] = await rig.batches(id)
      await rig.store.giveBack({ tokens: ['a'] })
      const move = { id: batch?.id ?? '', token: 'a', results: [], now: at('08:03:30') }
      expect(await rig.store.settleBatch(move)).toBe(false)
    })
  })
})
