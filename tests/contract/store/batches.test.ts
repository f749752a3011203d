import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { DeliveryResult, SealedBatch } from '../../../src/newsletter/model.ts'
import { claimedBatch, openCampaign, startedCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

describe.each(storeRigs())('the store in $name: the batches of a campaign', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const claim = (worker: string, time: string) =>
    rig.store.claimBatch({ now: at(time), lease: lease(worker) })

  describe('claimBatch', () => {
    it('tells what a worker needs', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      expect(await claim('a', '08:03')).toEqual({
        id: expect.any(String),
        campaignId: id,
        number: 0,
        idempotencyKey: `campaign-${id}-preparer-0`,
        attempts: 0,
        round: 0,
        calledWith: null,
        sealedAt: null,
        inDoubtSince: null,
        postponedSince: null,
        problemSince: null,
        isCancelled: false,
      })
      expect(await rig.batches(id)).toMatchObject([{ leaseToken: 'a', leaseUntil: at('08:04'), attempts: 1 }])
    })

    it('gives them in their order, each to one worker', async () => {
      await rig.addSubscribers(3)
      await openCampaign(rig, { batchSize: 1 })
      const numbers = []
      for (const worker of ['a', 'b', 'c', 'd']) numbers.push((await claim(worker, '08:03'))?.number ?? null)
      expect(numbers).toEqual([0, 1, 2, null])
    })

    it('gives each of five to one of eight workers who come at once', async () => {
      await rig.addSubscribers(5)
      await openCampaign(rig, { batchSize: 1 })
      const workers = Array.from({ length: 8 }, (_, worker) => `worker-${worker}`)
      const claims = await Promise.all(workers.map((worker) => claim(worker, '08:03')))
      expect(claims.flatMap((batch) => batch?.number ?? []).sort()).toEqual([0, 1, 2, 3, 4])
    })

    it('gives one again when its lease has ended, and counts the claims', async () => {
      await rig.addSubscribers(1)
      await openCampaign(rig)
      const claims = []
      for (const [worker, time] of [
        ['a', '08:03'],
        ['b', '08:03:59'],
        ['c', '08:04'],
        ['d', '08:05'],
      ] as const)
        claims.push((await claim(worker, time))?.attempts ?? null)
      expect(claims).toEqual([0, null, 1, 2])
    })

    it('gives none of a campaign that is being prepared, paused or held', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      await startedCampaign(rig, { worker: 'b' })
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') })
      const paused = await claim('a', '08:03')
      await rig.store.moveCampaign({ id, from: ['paused'], to: 'onward', now: at('08:03') })
      const problem = { code: 'provider_down', message: 'The provider is down.' }
      await rig.store.holdCampaign({ id, until: at('08:05'), problem, now: at('08:03') })
      const held = await claim('a', '08:04:59')
      const onward = await claim('a', '08:05')
      expect([paused, held, onward]).toMatchObject([null, null, { campaignId: id, number: 0 }])
    })

    it('tells since when its campaign waits for an answer', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 1 })
      const problem = { code: 'provider_down', message: 'The provider is down.' }
      await rig.store.holdCampaign({ id, until: at('08:04'), problem, now: at('08:03') })
      const waiting = await claim('a', '08:04')
      await rig.store.clearProblem({ id, now: at('08:05') })
      const answered = await claim('b', '08:05')
      expect([waiting, answered]).toMatchObject([{ problemSince: at('08:03') }, { problemSince: null }])
    })

    it('gives those of a cancelled campaign as such', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'cancelled', now: at('08:03') })
      expect(await claim('a', '08:03')).toMatchObject({ campaignId: id, isCancelled: true })
    })
  })

  describe('sealBatch', () => {
    const addresses = (sealed: SealedBatch | null) => sealed?.recipients.map(({ email }) => email)

    it('gives the recipients in order, without those who left since the snapshot, each with a reason', async () => {
      const ids = []
      for (const name of ['anna', 'bertil', 'cecilia', 'david', 'eva'])
        ids.push(await rig.addSubscriber({ email: `${name}@example.com`, name, locale: 'en' }))
      const [anna, bertil, cecilia, david] = ids as [string, string, string, string]
      const id = await openCampaign(rig)
      await rig.setSubscriber(bertil, { status: 'unsubscribed' })
      await rig.setSubscriber(cecilia, { status: 'suppressed' })
      await rig.setSubscriber(david, 'deleted')
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
      const deliveries = await rig.deliveries(id)
      const exclusions = [
        { deliveryId: deliveries[1]?.id, reason: 'unsubscribed' },
        { deliveryId: deliveries[2]?.id, reason: 'suppressed' },
        { deliveryId: deliveries[3]?.id, reason: 'deleted' },
      ]
      expect(sealed).toEqual({
        exclusions: expect.arrayContaining(exclusions),
        recipients: [
          {
            id: deliveries[0]?.id,
            subscriberId: anna,
            linkKey: expect.any(String),
            email: 'anna@example.com',
            name: 'anna',
            locale: 'en',
          },
          {
            id: deliveries[4]?.id,
            subscriberId: ids[4],
            linkKey: expect.any(String),
            email: 'eva@example.com',
            name: 'eva',
            locale: 'en',
          },
        ],
      })
      expect(sealed?.exclusions).toHaveLength(3)
      expect(await rig.batches(id)).toMatchObject([
        {
          sealedAt: at('08:03'),
          inDoubtSince: at('08:03'),
          calledWith: 'memory',
          exclusions: expect.arrayContaining(exclusions),
          recipients: null,
        },
      ])
    })

    it('excludes who pauses since the snapshot, until the pause is over', async () => {
      const anna = await rig.addSubscriber({ email: 'anna@example.com' })
      const bertil = await rig.addSubscriber({ email: 'bertil@example.com' })
      await rig.addSubscriber({ email: 'cecilia@example.com' })
      const id = await openCampaign(rig)
      await rig.setSubscriber(anna, { pausedUntil: at('08:04') })
      await rig.setSubscriber(bertil, { pausedUntil: at('08:03') })
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
      const [first] = await rig.deliveries(id)
      expect([sealed?.exclusions, addresses(sealed)]).toEqual([
        [{ deliveryId: first?.id, reason: 'paused' }],
        ['bertil@example.com', 'cecilia@example.com'],
      ])
    })

    it('excludes who has another address since the snapshot, also when they are mailed again', async () => {
      const anna = await rig.addSubscriber({ email: 'anna@example.com' })
      const bertil = await rig.addSubscriber({ email: 'bertil@example.com' })
      await rig.addSubscriber({ email: 'cecilia@example.com' })
      const id = await openCampaign(rig)
      await rig.setSubscriber(anna, { email: 'anna.ny@example.com', pausedUntil: at('09:00') })
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
      const [first, ...others] = await rig.deliveries(id)
      expect([sealed?.exclusions, addresses(sealed)]).toEqual([
        [{ deliveryId: first?.id, reason: 'moved' }],
        ['bertil@example.com', 'cecilia@example.com'],
      ])

      const results = [
        { deliveryId: first?.id ?? '', status: 'excluded' as const, reason: 'moved' as const },
        ...others.map(({ id: deliveryId }) => ({
          ...{ deliveryId, status: 'uncertain' as const, reason: 'interrupted', detail: null },
        })),
      ]
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:04') })
      await rig.setSubscriber(bertil, { email: 'bertil.ny@example.com' })
      const undecided = { code: 'undecided', message: 'Decide.' }
      await rig.store.finishCampaign({ id, undecided, now: at('08:05') })
      await rig.store.requestRemailing({ id, of: 'uncertain', by: await rig.editor(), now: at('08:06') })
      await rig.store.reopenBatches({ id, now: at('08:06') })
      const again = await claimedBatch(rig, { worker: 'b', time: '08:07' })
      const remailed = await rig.store.sealBatch({
        ...{ batch: again, token: 'b', callWith: 'memory', now: at('08:07') },
      })
      expect(addresses(remailed)).toEqual(['cecilia@example.com'])
    })

    it('gives the same again, whoever leaves, moves, is renamed or deleted after it', async () => {
      const anna = await rig.addSubscriber({ email: 'anna@example.com' })
      const bertil = await rig.addSubscriber({ email: 'bertil@example.com' })
      const cecilia = await rig.addSubscriber({ email: 'cecilia@example.com' })
      const id = await openCampaign(rig)
      await rig.setSubscriber(anna, { status: 'unsubscribed' })
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const first = await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
      await rig.setSubscriber(anna, { status: 'active' })
      await rig.setSubscriber(bertil, { status: 'suppressed', email: 'bertil.ny@example.com' })
      await rig.setSubscriber(cecilia, 'deleted')
      const again = await claimedBatch(rig, { worker: 'b', time: '08:04' })
      const second = await rig.store.sealBatch({
        batch: again,
        token: 'b',
        callWith: 'memory',
        now: at('08:04'),
      })
      expect(second).toEqual(first)
      expect(addresses(second)).toEqual(['bertil@example.com', 'cecilia@example.com'])
      expect(await rig.batches(id)).toMatchObject([{ sealedAt: at('08:03'), inDoubtSince: at('08:03') }])
      expect(again).toMatchObject({
        sealedAt: at('08:03'),
        inDoubtSince: at('08:03'),
        calledWith: 'memory',
        attempts: 1,
      })
    })

    it('leaves no doubt when no call follows', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const sealed = await rig.store.sealBatch({ batch, token: 'a', callWith: null, now: at('08:03') })
      expect(addresses(sealed)).toHaveLength(2)
      expect(await rig.batches(id)).toMatchObject([
        { sealedAt: at('08:03'), inDoubtSince: null, calledWith: null },
      ])
    })

    it('keeps in mind which mailer had it first, until it is no longer in doubt', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      await rig.store.sealBatch({ batch, token: 'a', callWith: 'resend', now: at('08:03') })
      const again = await claimedBatch(rig, { worker: 'b', time: '08:04' })
      await rig.store.sealBatch({ batch: again, token: 'b', callWith: 'smtp', now: at('08:04') })
      expect(again.calledWith).toBe('resend')
      expect(await rig.batches(id)).toMatchObject([{ calledWith: 'resend', inDoubtSince: at('08:03') }])
    })

    it.each(['paused', 'cancelled'] as const)(
      'is not for a call when the campaign was %s a moment ago',
      async (to) => {
        await rig.addSubscribers(1)
        const id = await openCampaign(rig)
        const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
        const before = await rig.batches(id)
        await rig.store.moveCampaign({ id, from: ['submitting'], to, now: at('08:03') })
        const move = { batch, token: 'a', now: at('08:03') }
        const forCall = await rig.store.sealBatch({ ...move, callWith: 'memory' })
        expect([forCall, await rig.batches(id)]).toEqual([null, before])
        const withoutCall = await rig.store.sealBatch({ ...move, callWith: null })
        expect(addresses(withoutCall)).toHaveLength(1)
      },
    )

    it('is for no call when the campaign waits since a moment ago, and then it changes nothing', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const problem = { code: 'provider_down', message: 'The provider is down.' }
      await rig.store.holdCampaign({ id, until: at('09:00'), problem, now: at('08:03') })
      const move = { batch, token: 'a', callWith: 'memory', now: at('08:03') }
      const before = await rig.batches(id)
      expect(await rig.store.sealBatch(move)).toBeNull()
      expect(await rig.batches(id)).toEqual(before)
    })

    it('changes nothing for a worker who has lost the lease', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      await claim('b', '08:04')
      const before = await rig.batches(id)
      expect(
        await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:04') }),
      ).toBeNull()
      expect(await rig.batches(id)).toEqual(before)
    })
  })

  describe('settleBatch', () => {
    const sealed = async (worker: string, time: string) => {
      const batch = await claimedBatch(rig, { worker, time })
      await rig.store.sealBatch({ batch, token: worker, callWith: 'memory', now: at(time) })
      return batch
    }
    const allSubmitted = async (campaignId: string): Promise<DeliveryResult[]> =>
      (await rig.deliveries(campaignId)).map(({ id }) => ({
        deliveryId: id,
        status: 'submitted',
        providerId: `p-${id}`,
      }))
    const outcomes = async (campaignId: string) =>
      (await rig.deliveries(campaignId)).map(({ status, reason, detail, providerId, settledAt }) => ({
        status,
        reason,
        detail,
        providerId,
        settledAt,
      }))

    it('writes what became of each delivery, and the batch is never given again', async () => {
      await rig.addSubscribers(4)
      const id = await openCampaign(rig)
      const batch = await sealed('a', '08:03')
      const [one, two, three, four] = (await rig.deliveries(id)).map((delivery) => delivery.id) as [
        string,
        string,
        string,
        string,
      ]
      const results: DeliveryResult[] = [
        { deliveryId: one, status: 'submitted', providerId: 'p-1' },
        { deliveryId: two, status: 'rejected', reason: 'invalid_to', detail: 'Not an "address".' },
        { deliveryId: three, status: 'uncertain', reason: 'not_mentioned', detail: null },
        { deliveryId: four, status: 'excluded', reason: 'unsubscribed' },
      ]
      const move = { id: batch.id, token: 'a', results, now: at('08:03:01') }
      expect(await rig.store.settleBatch(move)).toBe(true)
      const nothing = { reason: null, detail: null, providerId: null, settledAt: at('08:03:01') }
      expect(await outcomes(id)).toEqual([
        { ...nothing, status: 'submitted', providerId: 'p-1' },
        { ...nothing, status: 'rejected', reason: 'invalid_to', detail: 'Not an "address".' },
        { ...nothing, status: 'uncertain', reason: 'not_mentioned' },
        { ...nothing, status: 'excluded', reason: 'unsubscribed' },
      ])
      expect(await rig.batches(id)).toMatchObject([
        { status: 'settled', settledAt: at('08:03:01'), leaseToken: null, leaseUntil: null },
      ])
      expect(await claim('b', '09:00')).toBeNull()
    })

    it('changes nothing for a worker who has lost the lease', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig)
      const batch = await sealed('a', '08:03')
      await claim('b', '08:04')
      const before = await outcomes(id)
      const move = { id: batch.id, token: 'a', results: await allSubmitted(id), now: at('08:04') }
      expect(await rig.store.settleBatch(move)).toBe(false)
      expect(await outcomes(id)).toEqual(before)
      expect(await rig.batches(id)).toMatchObject([{ status: 'pending', leaseToken: 'b' }])
    })

    it.each(['paused', 'cancelled'] as const)(
      'records a call that was in flight when the campaign was %s',
      async (to) => {
        await rig.addSubscribers(1)
        const id = await openCampaign(rig)
        const batch = await sealed('a', '08:03')
        await rig.store.moveCampaign({ id, from: ['submitting'], to, now: at('08:03') })
        const move = { id: batch.id, token: 'a', results: await allSubmitted(id), now: at('08:03:01') }
        expect(await rig.store.settleBatch(move)).toBe(true)
        expect(await outcomes(id)).toMatchObject([{ status: 'submitted' }])
      },
    )

    it('is still the holder’s when the lease has ended and nobody came', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await sealed('a', '08:03')
      const move = { id: batch.id, token: 'a', results: await allSubmitted(id), now: at('08:30') }
      expect(await rig.store.settleBatch(move)).toBe(true)
    })

    it('changes no delivery that is settled', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await sealed('a', '08:03')
      const results = await allSubmitted(id)
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:03') })
      const before = await outcomes(id)
      const uncertain = results.map(
        ({ deliveryId }) =>
          ({ deliveryId, status: 'uncertain', reason: 'interrupted', detail: null }) as const,
      )
      const move = { id: batch.id, token: 'a', results: uncertain, now: at('08:04') }
      expect(await rig.store.settleBatch(move)).toBe(false)
      expect(await outcomes(id)).toEqual(before)
    })

    it('goes on from deliveries that a crash left settled in a batch that is not', async () => {
      await rig.addSubscribers(2)
      const id = await openCampaign(rig, { batchSize: 1 })
      const [first, second] = [await sealed('a', '08:03'), await sealed('b', '08:03')]
      const results = await allSubmitted(id)
      await rig.store.settleBatch({ id: first.id, token: 'a', results, now: at('08:03') })
      const before = await outcomes(id)
      const again = results.map(
        ({ deliveryId }) =>
          ({ deliveryId, status: 'uncertain', reason: 'interrupted', detail: null }) as const,
      )
      const move = { id: second.id, token: 'b', results: again, now: at('08:04') }
      expect(await rig.store.settleBatch(move)).toBe(true)
      expect(await outcomes(id)).toEqual(before)
      expect((await rig.batches(id)).map(({ status }) => status)).toEqual(['settled', 'settled'])
    })

    it('settles a batch in which nobody is left', async () => {
      await rig.addSubscribers(1)
      await openCampaign(rig)
      const batch = await sealed('a', '08:03')
      expect(await rig.store.settleBatch({ id: batch.id, token: 'a', results: [], now: at('08:03') })).toBe(
        true,
      )
    })
  })

  describe('releaseBatch', () => {
    /** A batch of Anna and Bertil that was sealed at 08:03, and released for 08:05 when Bertil had left. */
    const released = async ({ newKey }: { newKey: string | null }) => {
      await rig.addSubscriber({ email: 'anna@example.com' })
      const bertil = await rig.addSubscriber({ email: 'bertil@example.com' })
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
      await rig.setSubscriber(bertil, { status: 'unsubscribed' })
      const move = { id: batch.id, token: 'a', dueAt: at('08:05'), newKey, postponedSince: null }
      expect(await rig.store.releaseBatch(move)).toBe(true)
      return { id, batch, bertil: (await rig.deliveries(id))[1]?.id }
    }
    const sealAgain = async () => {
      const batch = await claimedBatch(rig, { worker: 'c', time: '08:05' })
      return rig.store.sealBatch({ batch, token: 'c', callWith: 'memory', now: at('08:05') })
    }

    it('gives it back for later, and counts the claims', async () => {
      const { batch } = await released({ newKey: null })
      expect([await claim('b', '08:04:59'), await claim('b', '08:05')]).toMatchObject([
        null,
        { id: batch.id, attempts: 1 },
      ])
    })

    it('without a new key: still in doubt, with the same bytes and key', async () => {
      const { id, batch } = await released({ newKey: null })
      const [row] = await rig.batches(id)
      expect(row).toMatchObject({
        dueAt: at('08:05'),
        leaseToken: null,
        leaseUntil: null,
        idempotencyKey: batch.idempotencyKey,
        sealedAt: at('08:03'),
        exclusions: [],
        inDoubtSince: at('08:03'),
        calledWith: 'memory',
      })
      expect((await sealAgain())?.recipients.map(({ email }) => email)).toEqual([
        'anna@example.com',
        'bertil@example.com',
      ])
    })

    it('with a new key: without doubt, and its bytes are fixed anew', async () => {
      const { id, bertil } = await released({ newKey: 'another-key' })
      const [row] = await rig.batches(id)
      expect(row).toMatchObject({
        dueAt: at('08:05'),
        leaseToken: null,
        leaseUntil: null,
        idempotencyKey: 'another-key',
        sealedAt: null,
        exclusions: null,
        inDoubtSince: null,
        calledWith: null,
      })
      const sealed = await sealAgain()
      expect(sealed?.recipients.map(({ email }) => email)).toEqual(['anna@example.com'])
      expect(sealed?.exclusions).toEqual([{ deliveryId: bertil, reason: 'unsubscribed' }])
      expect(await rig.batches(id)).toMatchObject([
        { idempotencyKey: 'another-key', sealedAt: at('08:05'), inDoubtSince: at('08:05') },
      ])
    })

    it.each([null, 'another-key'])(
      'without a time (and the new key %s) leaves it in its place before the others',
      async (newKey) => {
        await rig.addSubscribers(3)
        const id = await openCampaign(rig, { batchSize: 1 })
        const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
        const before = await rig.batches(id)
        const move = { id: batch.id, token: 'a', dueAt: null, newKey, postponedSince: null }
        expect(await rig.store.releaseBatch(move)).toBe(true)
        expect((await rig.batches(id)).map(({ dueAt }) => dueAt)).toEqual(before.map(({ dueAt }) => dueAt))
        expect([await claim('b', '08:03:01'), await claim('c', '08:03:01')]).toMatchObject([
          { number: 0 },
          { number: 1 },
        ])
      },
    )

    it('puts one that waits behind those that were due before it', async () => {
      await rig.addSubscribers(2)
      await openCampaign(rig, { batchSize: 1 })
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      const move = { id: batch.id, token: 'a', dueAt: at('08:04'), newKey: null, postponedSince: null }
      await rig.store.releaseBatch(move)
      expect([await claim('b', '08:05'), await claim('c', '08:05')]).toMatchObject([
        { number: 1 },
        { number: 0 },
      ])
    })

    it('keeps since when its recipient is postponed, for the next claim', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      expect([batch.postponedSince, await rig.store.readNextBatch(id)]).toEqual([
        null,
        { dueAt: expect.any(Date), isPostponed: false },
      ])
      const move = { dueAt: at('08:04'), newKey: 'key-try-1', postponedSince: at('08:03') }
      await rig.store.releaseBatch({ id: batch.id, token: 'a', ...move })
      expect(await rig.store.readNextBatch(id)).toEqual({ dueAt: at('08:04'), isPostponed: true })
      expect(await claim('b', '08:04')).toMatchObject({ postponedSince: at('08:03') })
    })

    it('counts who is postponed, and says when the first of them is tried again', async () => {
      await rig.addSubscribers(4)
      const id = await openCampaign(rig, { batchSize: 1 })
      const postponed = (time: string) => rig.store.readPostponed({ campaignId: id, now: at(time) })
      expect(await postponed('08:03')).toBeNull()
      for (const [worker, dueAt, since] of [
        ['a', '08:06', '08:03'],
        ['b', '08:04', '08:03'],
        // Its call failed for a reason that is not its recipient's.
        ['c', '08:05', null],
      ] as const) {
        const { id } = await claimedBatch(rig, { worker, time: '08:03' })
        const postponedSince = since && at(since)
        await rig.store.releaseBatch({
          ...{ id, token: worker, dueAt: at(dueAt), newKey: `key-${worker}`, postponedSince },
        })
      }
      expect(await postponed('08:03')).toEqual({ count: 2, nextTryAt: at('08:04') })
      // The other one's turn has come.
      expect(await postponed('08:04')).toEqual({ count: 1, nextTryAt: at('08:06') })
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') })
      expect(await postponed('08:03')).toBeNull()
    })

    it('changes nothing for a worker who has lost the lease', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
      await claim('b', '08:04')
      const before = await rig.batches(id)
      const moved = { dueAt: at('08:05'), newKey: 'another-key', postponedSince: null }
      const move = { id: batch.id, token: 'a', ...moved }
      expect(await rig.store.releaseBatch(move)).toBe(false)
      expect(await rig.batches(id)).toEqual(before)
    })
  })
})
