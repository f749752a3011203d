import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { CAMPAIGN_STATUSES, type CampaignStatus } from '../../../src/newsletter/model.ts'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at, lease } from '../../support/flow/time.ts'

const OTHERS = CAMPAIGN_STATUSES.filter((status): status is Exclude<CampaignStatus, 'holding'> =>
  ['scheduled', 'preparing', 'submitting', 'paused', 'submitted', 'cancelled', 'failed'].includes(status),
)

describe.each(storeRigs())('the store in $name: a mailing in its hold', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const held = () => rig.addCampaign({ status: 'holding', dueAt: at('08:01'), heldAt: at('08:00') })
  const undo = async (id: string, time = '08:00:30') =>
    rig.store.undoCampaign({ id, by: await rig.editor(), now: at(time) })

  it('is nobody’s to prepare, however late', async () => {
    await held()
    expect(await rig.store.claimCampaign({ now: at('09:00'), lease: lease('a') })).toBe(null)
  })

  it('is due for a worker when its hold has ended, and not before', async () => {
    await held()
    const before = await rig.store.readPulse({ now: at('08:00:59') })
    const after = await rig.store.readPulse({ now: at('08:01') })
    expect([before.oldestDueAt, after.oldestDueAt]).toEqual([null, at('08:01')])
  })

  it('goes on when its hold has ended, and not before; others stay as they are', async () => {
    const id = await held()
    const later = await rig.addCampaign({ status: 'holding', dueAt: at('08:05') })
    const paused = await rig.addCampaign({ status: 'paused', dueAt: at('08:00') })
    const before = await rig.campaign(id)
    const others = () => Promise.all([later, paused].map((other) => rig.campaign(other)))
    const othersBefore = await others()
    expect(await rig.store.endHolds({ now: at('08:00:59') })).toBe(0)
    expect(await rig.store.endHolds({ now: at('08:01') })).toBe(1)
    expect(await rig.campaign(id)).toEqual({
      ...before,
      status: 'scheduled',
      movedAt: at('08:01'),
      updatedAt: at('08:01'),
    })
    expect(await others()).toEqual(othersBefore)
    expect(await rig.store.endHolds({ now: at('08:02') })).toBe(0)
  })

  it('is undone: cancelled and finished, with who did it and when', async () => {
    const id = await held()
    const before = await rig.campaign(id)
    expect(await undo(id)).toBe(true)
    expect(await rig.campaign(id)).toEqual({
      ...before,
      status: 'cancelled',
      undoneAt: at('08:00:30'),
      undoneBy: await rig.editor(),
      finishedAt: at('08:00:30'),
      movedAt: at('08:00:30'),
      updatedAt: at('08:00:30'),
    })
    expect(await rig.store.findDrainedCampaigns()).toEqual([])
  })

  it('that is a later edition’s is undone, and has no article to take back', async () => {
    const id = await rig.addCampaign({
      status: 'holding',
      dueAt: at('08:01'),
      edition: 2,
      audience: 'missed',
    })
    expect(await undo(id)).toBe(true)
    expect([await rig.campaign(id), await rig.store.findUndone()]).toMatchObject([
      { status: 'cancelled', undoneAt: at('08:00:30'), returnedAt: at('08:00:30') },
      [],
    ])
  })

  it('is undone once', async () => {
    const id = await held()
    expect(await Promise.all([undo(id), undo(id), undo(id)])).toEqual(
      expect.arrayContaining([true, false, false]),
    )
  })

  it('can be undone after its time, until a worker has ended its hold', async () => {
    const [late, ended] = [await held(), await held()]
    expect(await undo(late, '08:30')).toBe(true)
    await rig.store.endHolds({ now: at('08:30') })
    expect(await undo(ended, '08:30')).toBe(false)
    expect((await rig.campaign(ended)).status).toBe('scheduled')
    expect((await rig.campaign(late)).status).toBe('cancelled')
  })

  it('is either undone or mailed when both happen at once', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, held))
    const undone = Promise.all(ids.map((id) => undo(id, '08:01')))
    await Promise.all(ids.map(() => rig.store.endHolds({ now: at('08:01') })))
    const answers = await undone
    const statuses = await Promise.all(ids.map(async (id) => (await rig.campaign(id)).status))
    expect(statuses).toEqual(answers.map((isUndone) => (isUndone ? 'cancelled' : 'scheduled')))
  })

  it.each(OTHERS)('a campaign that is %s cannot be undone', async (status) => {
    const id = await rig.addCampaign({ status })
    const before = await rig.campaign(id)
    expect(await undo(id)).toBe(false)
    expect(await rig.campaign(id)).toEqual(before)
  })

  it('is found until its article is back', async () => {
    const articleId = await rig.addArticle()
    const id = await rig.addCampaign({ articleId, status: 'holding', formerVersion: '7' })
    await rig.addCampaign({ status: 'holding' })
    expect(await rig.store.findUndone()).toEqual([])
    await undo(id)
    expect(await rig.store.findUndone()).toEqual([
      { id, articleId, undoneAt: at('08:00:30'), by: await rig.editor(), formerVersion: '7' },
    ])
    await rig.setCampaign(id, { returnedAt: at('08:00:31') })
    expect(await rig.store.findUndone()).toEqual([])
  })

  it('leaves its article forgotten when that was published again, but not before the article was back', async () => {
    const articleId = await rig.addArticle({ isPublished: true })
    const id = await rig.addCampaign({ articleId, status: 'holding' })
    await undo(id)
    const before = await rig.store.findForgottenArticles({ limit: 10 })
    await rig.setCampaign(id, { returnedAt: at('08:00:31') })
    expect([before, await rig.store.findForgottenArticles({ limit: 10 })]).toEqual([[], [articleId]])
  })

  it('leaves none when its former version is public again, and nobody has saved it since', async () => {
    const articleId = await rig.addArticle({ isPublished: true })
    const id = await rig.addCampaign({ articleId, status: 'holding' })
    await undo(id)
    await rig.setCampaign(id, { returnedAt: new Date(Date.now() + 3_600_000) })
    expect(await rig.store.findForgottenArticles({ limit: 10 })).toEqual([])
  })

  it('that was cancelled for good leaves none', async () => {
    const articleId = await rig.addArticle({ isPublished: true })
    const id = await rig.addCampaign({ articleId, status: 'holding' })
    await rig.store.moveCampaign({ id, from: ['holding'], to: 'cancelled', now: at('08:00:30') })
    expect(await rig.store.findForgottenArticles({ limit: 10 })).toEqual([])
  })
})
