import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { CAMPAIGN_STATUSES } from '../../../src/newsletter/model.ts'
import { ARTICLE_UNPUBLISHED } from '../../../src/newsletter/rules/problems.ts'
import { mailing, openCampaign, snapshot, startedCampaign } from '../../support/flow/builders.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const PROBLEM = { code: 'site_incomplete', message: 'The postal address is missing.' }

describe.each(storeRigs())('the store in $name: preparing a campaign', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  describe('claimCampaign', () => {
    it('gives the one that has waited longest, each to one worker', async () => {
      const [later, first] = [
        await rig.addCampaign({ dueAt: at('07:30') }),
        await rig.addCampaign({ dueAt: at('07:00') }),
      ]
      const claims = []
      for (const token of ['a', 'b', 'c'])
        claims.push(await rig.store.claimCampaign({ now: at('08:00'), lease: lease(token) }))
      expect(claims.map((claim) => claim?.id ?? null)).toEqual([first, later, null])
    })

    it('tells what a worker needs', async () => {
      const articleId = await rig.addArticle()
      const id = await rig.addCampaign({ articleId })
      expect(await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })).toEqual({
        id,
        edition: { articleId, number: 1, audience: 'everybody', corrects: null },
        editionTopicIds: null,
        status: 'scheduled',
        mailing: null,
        topicIds: [],
      })
      expect(await rig.campaign(id)).toMatchObject({ leaseToken: 'a', leaseUntil: at('08:01') })
    })

    it('tells of a later edition whom it goes to', async () => {
      const articleId = await rig.addArticle()
      const edition = { articleId, number: 3, audience: 'correction', corrects: 2 } as const
      const { number, ...row } = edition
      await rig.addCampaign({ ...row, edition: number, editionTopicIds: ['7'] })
      expect(await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })).toMatchObject({
        edition,
        editionTopicIds: ['7'],
      })
    })

    it('has a later edition wait while an earlier one of its article may mail somebody', async () => {
      const articleId = await rig.addArticle()
      const first = await rig.addCampaign({ articleId, status: 'submitted' })
      await rig.setCampaign(first, { remailing: 'rejected' })
      const later = await rig.addCampaign({ articleId, edition: 2, audience: 'missed', dueAt: at('07:00') })
      const other = await rig.addCampaign({ dueAt: at('07:30') })
      const claim = async (token: string) =>
        (await rig.store.claimCampaign({ now: at('08:00'), lease: lease(token) }))?.id ?? null
      const claims = [await claim('a'), await claim('b')]
      await rig.setCampaign(first, { remailing: null })
      expect([...claims, await claim('c')]).toEqual([other, null, later])
    })

    it('has a later edition wait for one that was cancelled with a call that nobody knows the end of', async () => {
      const articleId = await rig.addArticle()
      const first = await rig.addCampaign({ articleId, status: 'cancelled' })
      const later = await rig.addCampaign({ articleId, edition: 2, audience: 'missed' })
      const before = await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      await rig.setCampaign(first, { finishedAt: at('08:00') })
      const after = await rig.store.claimCampaign({ now: at('08:00'), lease: lease('b') })
      expect([before, after?.id]).toEqual([null, later])
    })

    it('gives each of five to one of eight workers who come at once', async () => {
      const ids = []
      for (let number = 0; number < 5; number++) ids.push(await rig.addCampaign())
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, worker) =>
          rig.store.claimCampaign({ now: at('08:00'), lease: lease(`worker-${worker}`) }),
        ),
      )
      expect(claims.flatMap((claim) => claim?.id ?? []).sort()).toEqual(ids.sort())
    })

    it('gives none before it is due', async () => {
      const id = await rig.addCampaign({ dueAt: at('08:00:01') })
      expect(await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })).toBeNull()
      expect((await rig.store.claimCampaign({ now: at('08:00:01'), lease: lease('a') }))?.id).toBe(id)
    })

    it.each(CAMPAIGN_STATUSES.filter((status) => status !== 'scheduled' && status !== 'preparing'))(
      'gives none that is %s',
      async (status) => {
        await rig.addCampaign({ status })
        expect(await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })).toBeNull()
      },
    )

    it('gives it again when its lease has ended, with what was fixed', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      const early = await rig.store.claimCampaign({ now: at('08:00:59'), lease: lease('b') })
      const again = await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })
      expect([early, again]).toMatchObject([null, { id, status: 'preparing', mailing: mailing() }])
    })
  })

  describe('startCampaign', () => {
    it('makes it preparing with its topics; the time of the first start stays', async () => {
      const id = await rig.addCampaign()
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      const first = await rig.store.startCampaign({
        id,
        token: 'a',
        topicIds: ['7', '9'],
        now: at('08:00:01'),
      })
      const second = await rig.store.startCampaign({ id, token: 'a', topicIds: ['7'], now: at('08:00:02') })
      expect([first, second]).toEqual([true, true])
      expect(await rig.campaign(id)).toMatchObject({
        status: 'preparing',
        topicIds: ['7'],
        movedAt: at('08:00:01'),
        startedAt: at('08:00:01'),
        updatedAt: at('08:00:02'),
      })
    })

    it('changes nothing for a worker who has lost the lease', async () => {
      const id = await rig.addCampaign()
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      await rig.store.claimCampaign({ now: at('08:02'), lease: lease('b') })
      const before = await rig.campaign(id)
      expect(await rig.store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:02') })).toBe(false)
      expect(await rig.campaign(id)).toEqual(before)
    })
  })

  describe('fixMailing', () => {
    it('keeps the first and gives it to whoever comes later', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })
      const other = mailing({ placeholderPrefix: 'u9876', listId: 'another' })
      expect(await rig.store.fixMailing({ id, token: 'b', mailing: other })).toEqual(mailing())
      expect(await rig.campaign(id)).toMatchObject({ mailing: mailing(), subject: 'Ämnet' })
      expect(await rig.store.readMailing(id)).toEqual(mailing())
    })

    it('changes nothing for a worker who has lost the lease', async () => {
      const id = await rig.addCampaign()
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      await rig.store.startCampaign({ id, token: 'a', topicIds: [], now: at('08:00') })
      await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })
      expect(await rig.store.fixMailing({ id, token: 'a', mailing: mailing() })).toBeNull()
      expect(await rig.campaign(id)).toMatchObject({ mailing: null, subject: null })
    })
  })

  describe('readMailing', () => {
    it('throws when none is fixed', async () => {
      const id = await rig.addCampaign()
      await expect(rig.store.readMailing(id)).rejects.toThrow(`Campaign ${id} has no mailing.`)
    })
  })

  describe('stopPreparing', () => {
    it.each(['failed', 'paused'] as const)(
      'makes it %s, says why, and lets go of what was fixed',
      async (to) => {
        const id = await startedCampaign(rig, { worker: 'a' })
        const move = { id, token: 'a', to, problem: PROBLEM, now: at('08:00:30') }
        expect(await rig.store.stopPreparing(move)).toBe(true)
        expect(await rig.campaign(id)).toMatchObject({
          status: to,
          problem: { ...PROBLEM, at: at('08:00:30') },
          subject: null,
          mailing: null,
          topicIds: null,
          leaseToken: null,
          leaseUntil: null,
          movedAt: at('08:00:30'),
          updatedAt: at('08:00:30'),
        })
      },
    )

    it('changes nothing for a worker who has lost the lease', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })
      const before = await rig.campaign(id)
      const move = { id, token: 'a', to: 'failed' as const, problem: PROBLEM, now: at('08:01') }
      expect(await rig.store.stopPreparing(move)).toBe(false)
      expect(await rig.campaign(id)).toEqual(before)
    })
  })

  describe('openCampaign', () => {
    it('makes the rows of its worker those that count, for good', async () => {
      await rig.addSubscribers(3)
      const id = await startedCampaign(rig, { worker: 'a' })
      await snapshot(rig, { campaignId: id, worker: 'a' })
      expect(await rig.store.openCampaign({ id, token: 'a', canary: null, now: at('08:02') })).toBe(true)
      expect(await rig.campaign(id)).toMatchObject({
        status: 'submitting',
        snapshot: 'a',
        dueAt: at('08:02'),
        movedAt: at('08:02'),
        updatedAt: at('08:02'),
        leaseToken: null,
        leaseUntil: null,
      })
      expect(await rig.store.openCampaign({ id, token: 'a', canary: null, now: at('08:03') })).toBe(false)
    })

    it('changes nothing for a worker who has lost the lease', async () => {
      const id = await startedCampaign(rig, { worker: 'a' })
      await rig.store.claimCampaign({ now: at('08:01'), lease: lease('b') })
      const before = await rig.campaign(id)
      expect(await rig.store.openCampaign({ id, token: 'a', canary: null, now: at('08:01') })).toBe(false)
      expect(await rig.campaign(id)).toEqual(before)
    })
  })

  describe('findForgottenArticles', () => {
    it('finds those that are published, want a newsletter and have no campaign', async () => {
      const forgotten = await rig.addArticle()
      await rig.addArticle({ isPublished: false })
      await rig.addArticle({ wantsNewsletter: false })
      await rig.addCampaign()
      expect(await rig.store.findForgottenArticles({ limit: 100 })).toEqual([forgotten])
    })

    it('finds those whose campaign waits for them to be published', async () => {
      const articleId = await rig.addArticle()
      const id = await rig.addCampaign({ articleId })
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      const problem = { code: ARTICLE_UNPUBLISHED, message: 'It was unpublished.' }
      await rig.store.stopPreparing({ id, token: 'a', to: 'paused', problem, now: at('08:00') })
      expect(await rig.store.findForgottenArticles({ limit: 100 })).toEqual([articleId])
    })

    it('leaves those alone that staff paused or that failed', async () => {
      await openCampaign(rig).then((id) =>
        rig.store.moveCampaign({ id, from: ['submitting'], to: 'paused', now: at('08:03') }),
      )
      const id = await rig.addCampaign()
      await rig.store.claimCampaign({ now: at('08:00'), lease: lease('a') })
      await rig.store.stopPreparing({ id, token: 'a', to: 'failed', problem: PROBLEM, now: at('08:00') })
      expect(await rig.store.findForgottenArticles({ limit: 100 })).toEqual([])
    })

    it('finds no more than asked for', async () => {
      for (let number = 0; number < 3; number++) await rig.addArticle()
      expect(await rig.store.findForgottenArticles({ limit: 2 })).toHaveLength(2)
    })
  })
})
