import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import { claimedBatch, mailNextBatch, openCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

describe.each(storeRigs())('the store in $name: the pulse of the workers', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const beat = (worker: string, now: Date) =>
    rig.store.beat({ worker, mailer: 'memory', startedAt: at('07:00'), now })
  const dueAt = async (time: string) => (await rig.store.readPulse({ now: at(time) })).oldestDueAt

  describe('beat', () => {
    it('keeps one row per worker, with when it was seen last', async () => {
      await beat('a', at('08:00'))
      await beat('b', at('08:00:10'))
      await beat('a', at('08:00:20'))
      const row = { mailer: 'memory', startedAt: at('07:00') }
      expect((await rig.workers()).sort((one, other) => (one.worker < other.worker ? -1 : 1))).toEqual([
        { ...row, worker: 'a', seenAt: at('08:00:20') },
        { ...row, worker: 'b', seenAt: at('08:00:10') },
      ])
      expect(await rig.store.readPulse({ now: at('08:01') })).toEqual({
        workerSeenAt: at('08:00:20'),
        oldestDueAt: null,
      })
    })

    it('forgets workers that were not seen for a day', async () => {
      await beat('old', at('08:00'))
      await beat('a', new Date(at('08:00').getTime() + 86_400_000))
      expect((await rig.workers()).map(({ worker }) => worker).sort()).toEqual(['a', 'old'])
      await beat('a', new Date(at('08:00').getTime() + 86_400_001))
      expect((await rig.workers()).map(({ worker }) => worker)).toEqual(['a'])
    })

    it('makes one row of the first two of a worker at once', async () => {
      await Promise.all([beat('a', at('08:00')), beat('a', at('08:00'))])
      expect(await rig.workers()).toHaveLength(1)
    })
  })

  describe('readPulse', () => {
    it('knows nothing when there is nothing', async () => {
      expect(await rig.store.readPulse({ now: at('08:00') })).toEqual({
        workerSeenAt: null,
        oldestDueAt: null,
      })
    })

    it('says since when the oldest campaign waits to be prepared', async () => {
      await rig.addCampaign({ dueAt: at('07:30') })
      await rig.addCampaign({ dueAt: at('07:20'), status: 'preparing' })
      await rig.addCampaign({ dueAt: at('09:00') })
      expect([await dueAt('07:10'), await dueAt('08:00')]).toEqual([null, at('07:20')])
    })

    it('leaves out a campaign that somebody prepares, until the lease has ended', async () => {
      await rig.addCampaign({ dueAt: at('07:30') })
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      expect([await dueAt('08:00:59'), await dueAt('08:01')]).toEqual([null, at('07:30')])
    })

    it.each(['paused', 'submitted', 'failed'] as const)(
      'leaves out a campaign that is %s',
      async (status) => {
        await rig.addCampaign({ status, dueAt: at('07:30') })
        expect(await dueAt('08:00')).toBeNull()
      },
    )

    it('says since when the oldest batch is due that nobody has', async () => {
      await rig.addSubscribers(2)
      await openCampaign(rig, { batchSize: 1 })
      const waiting = await dueAt('08:10')
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:10' })
      const move = { dueAt: at('08:20'), newKey: null, postponedSince: null }
      await rig.store.releaseBatch({ id: batch.id, token: 'a', ...move })
      await claimedBatch(rig, { worker: 'b', time: '08:10' })
      // The other one is held until 08:11, and due since the campaign opened.
      expect([waiting, await dueAt('08:10:30'), await dueAt('08:11'), await dueAt('08:21')]).toEqual([
        at('08:02'),
        null,
        at('08:02'),
        at('08:02'),
      ])
      await mailNextBatch(rig, { time: '08:12', fates: [] })
      expect([await dueAt('08:19'), await dueAt('08:21')]).toEqual([null, at('08:20')])
    })

    it('counts a batch as due only when its campaign is', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const problem = { code: 'provider_down', message: 'The provider is down.' }
      await rig.store.holdCampaign({ id, until: at('09:00'), problem, now: at('08:03') })
      const held = [await dueAt('08:59'), await dueAt('09:30')]
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('09:31') })
      expect([...held, await dueAt('09:32')]).toEqual([null, at('09:00'), null])
    })

    it('counts what is to be finished, closed or reopened, since it came to that', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      const move = { id, from: ['submitting'] as const, now: at('08:03') }
      await rig.store.moveCampaign({ ...move, to: 'cancelled' })
      const toClose = await dueAt('08:30')
      const batch = await claimedBatch(rig, { worker: 'a', time: '08:31' })
      const results = (await rig.deliveries(id)).map(
        ({ id: deliveryId }) => ({ deliveryId, status: 'excluded', reason: 'cancelled' }) as const,
      )
      await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:31') })
      await rig.store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:32') })
      expect([toClose, await dueAt('08:40')]).toEqual([at('08:03'), null])
    })

    it('counts a campaign whose last batch is settled until it is finished, and a request until it is carried out', async () => {
      await rig.addSubscribers(1)
      const id = await openCampaign(rig)
      await mailNextBatch(rig, { time: '08:03', fates: ['rejected'] })
      const toFinish = await dueAt('08:30')
      await rig.store.finishCampaign({ id, undecided: UNDECIDED, now: at('08:31') })
      const finished = await dueAt('08:32')
      const by = await rig.editor()
      await rig.store.requestRemailing({ id, of: 'rejected', by, now: at('09:00') })
      expect([toFinish, finished, await dueAt('09:30')]).toEqual([at('08:02'), null, at('09:00')])
    })
  })
})
