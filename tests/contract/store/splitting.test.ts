import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { claimedBatch, openCampaign } from '../../support/flow/builders.ts'
import { readerEmail, type StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at } from '../../support/flow/time.ts'

describe.each(storeRigs())('the store in $name: parting a batch', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  /** Seven readers in batches of five, of which the first is claimed by `a`. */
  async function claimed() {
    await rig.addSubscribers(7)
    const campaignId = await openCampaign(rig, { batchSize: 5 })
    return { campaignId, batch: await claimedBatch(rig, { worker: 'a', time: '08:03' }) }
  }
  const split = (batch: Awaited<ReturnType<typeof claimedBatch>>, token: string, size: number) =>
    rig.store.splitBatch({ batch, token, size, now: at('08:03') })
  const places = async (campaignId: string) =>
    (await rig.addressees(campaignId)).map(
      ({ email, batchNumber, position }) => `${email} ${batchNumber}.${position}`,
    )
  const inPlace = (...of: [number, number][]) =>
    of.map(([batch, position], reader) => `${readerEmail(reader)} ${batch}.${position}`)
  const asIt = inPlace([0, 0], [0, 1], [0, 2], [0, 3], [0, 4], [1, 0], [1, 1])

  it('leaves nobody out: every mail has a place in a batch of its own size', async () => {
    const { campaignId, batch } = await claimed()
    expect(await split(batch, 'a', 2)).toBe(true)
    expect((await places(campaignId)).sort()).toEqual(
      inPlace([0, 0], [0, 1], [2, 0], [2, 1], [3, 0], [1, 0], [1, 1]),
    )
    const batches = await rig.batches(campaignId)
    expect(
      batches.map(({ number, status, round, leaseToken }) => [number, status, round, leaseToken]),
    ).toEqual([
      [0, 'pending', 0, 'a'],
      [1, 'pending', 0, null],
      [2, 'pending', 0, null],
      [3, 'pending', 0, null],
    ])
    expect(batches.slice(2).map(({ dueAt }) => dueAt)).toEqual([at('08:03'), at('08:03')])
    expect(new Set(batches.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(4)
  })

  it('does nothing to one that is small enough', async () => {
    const { campaignId, batch } = await claimed()
    expect(await split(batch, 'a', 5)).toBe(false)
    expect((await places(campaignId)).sort()).toEqual(asIt)
  })

  it('does nothing to one whose bytes are fixed', async () => {
    const { campaignId, batch } = await claimed()
    await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
    expect(await split(batch, 'a', 2)).toBe(false)
    expect((await places(campaignId)).sort()).toEqual(asIt)
  })

  it('does nothing for a worker that has lost it, which must not call it either', async () => {
    const { campaignId, batch } = await claimed()
    expect(await split(batch, 'another', 2)).toBe(true)
    expect((await places(campaignId)).sort()).toEqual(asIt)
  })

  it('of two batches of one campaign at once leaves nobody out either', async () => {
    const { campaignId, batch } = await claimed()
    const other = await claimedBatch(rig, { worker: 'b', time: '08:03' })
    await Promise.all([split(batch, 'a', 1), split(other, 'b', 1)])
    const found = await places(campaignId)
    const batches = await rig.batches(campaignId)
    expect(new Set(found.map((place) => place.split(' ')[1])).size).toBe(7)
    expect(found.every((place) => place.endsWith('.0'))).toBe(true)
    expect(new Set(batches.map(({ number }) => number)).size).toBe(7)
  })
})
