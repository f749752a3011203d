import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { CAMPAIGN_STATUSES } from '../../../src/newsletter/model.ts'
import { CONTROL_MOVES } from '../../../src/newsletter/rules/controls.ts'
import { mailing, openCampaign, startedCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const PROBLEM = { code: 'provider_down', message: 'The provider is down.' }

const MOVES = (Object.keys(CONTROL_MOVES) as (keyof typeof CONTROL_MOVES)[]).flatMap((control) =>
  CAMPAIGN_STATUSES.map((status) => ({ control, status })),
)

describe.each(storeRigs())('the store in $name: a campaign on its way', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  describe('moveCampaign', () => {
    it.each(MOVES)('“$control” of a campaign that is $status', async ({ control, status }) => {
      const { from, to } = CONTROL_MOVES[control]
      const isAllowed = (from as readonly string[]).includes(status)
      const id = await rig.addCampaign({ status })
      const before = await rig.campaign(id)
      // Nobody is in a canary who has not opened.
      const onward = status === 'canary' ? 'submitting' : 'scheduled'
      expect(await rig.store.moveCampaign({ id, from, to, now: at('09:00') })).toBe(isAllowed)
      expect(await rig.campaign(id)).toEqual(
        isAllowed
          ? {
              ...before,
              status: to === 'onward' ? onward : to,
              dueAt: at('09:00'),
              movedAt: at('09:00'),
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
      expect(await rig.store.openCampaign({ id, token: 'a', canary: null, now: at('08:00:31') })).toBe(false)
      expect(await rig.campaign(id)).toMatchObject({
        status: 'cancelled',
        leaseToken: null,
        leaseUntil: null,
      })
    })

    it('lets go of what was fixed when it is paused before it opened, and prepares anew', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.moveCampaign({ id, from: ['preparing'], to: 'paused', now: at('08:00:30') })
      expect(await rig.campaign(id)).toMatchObject({
        status: 'paused',
        subject: null,
        mailing: null,
        topicIds: null,
        leaseToken: null,
      })
      await rig.store.moveCampaign({ id, from: ['paused'], to: 'onward', now: at('08:01') })
      expect(await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })).toMatchObject({
        id,
        status: 'scheduled',
        mailing: null,
        topicIds: [],
      })
    })

    it('keeps what is fixed when it is paused after it opened', async () => {
      const id = await openCampaign(rig)
      await rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') })
      expect(await rig.campaign(id)).toMatchObject({ subject: 'Ämnet', mailing: mailing(), topicIds: [] })
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

  describe('stopCampaign', () => {
    const stop = (id: string, time: string) => rig.store.stopCampaign({ id, problem: PROBLEM, now: at(time) })

    it('pauses it, with the reason', async () => {
      const id = await openCampaign(rig)
      const before = await rig.campaign(id)
      await stop(id, '08:03')
      expect(await rig.campaign(id)).toEqual({
        ...before,
        status: 'paused',
        problem: { ...PROBLEM, at: at('08:03') },
        movedAt: at('08:03'),
        updatedAt: at('08:03'),
      })
    })

    it('says since when no call was answered, whatever the reason was first', async () => {
      const id = await openCampaign(rig)
      const first = { code: 'quota', message: 'The quota is used up.' }
      await rig.store.holdCampaign({ id, until: at('08:04'), problem: first, now: at('08:03') })
      await stop(id, '08:05')
      expect((await rig.campaign(id)).problem).toEqual({ ...PROBLEM, at: at('08:03') })
    })

    it('changes nothing of a campaign that has moved on meanwhile', async () => {
      for (const status of CAMPAIGN_STATUSES.filter((it) => it !== 'submitting' && it !== 'canary')) {
        const id = await rig.addCampaign({ status })
        const before = await rig.campaign(id)
        await stop(id, '08:04')
        expect(await rig.campaign(id)).toEqual(before)
      }
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
    it('leaves the reason of a campaign that still waits', async () => {
      const id = await openCampaign(rig)
      await rig.store.holdCampaign({ id, until: at('09:00'), problem: PROBLEM, now: at('08:03') })
      await rig.store.clearProblem({ id, now: at('08:05') })
      expect(await rig.campaign(id)).toMatchObject({ problem: { ...PROBLEM, at: at('08:03') } })
    })

    it('clears it, and leaves a campaign alone that has none', async () => {
      const id = await openCampaign(rig)
      await rig.store.holdCampaign({ id, until: at('08:04'), problem: PROBLEM, now: at('08:03') })
      await rig.store.clearProblem({ id, now: at('08:05') })
      await rig.store.clearProblem({ id, now: at('08:06') })
      expect(await rig.campaign(id)).toMatchObject({ problem: null, updatedAt: at('08:05') })
    })
  })
})
