import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { depsOf } from '../../src/deps.ts'
import { controlCampaign } from '../../src/newsletter/controlCampaign.ts'
import { finishCampaigns } from '../../src/newsletter/finishCampaigns.ts'
import type { Id, ProviderEventKind } from '../../src/newsletter/model.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { claimedBatch, openCampaign, resultOf } from '../support/flow/builders.ts'
import { databaseRigKind } from '../support/flow/databaseRig.ts'
import type { StoreRig } from '../support/flow/storeRig.ts'
import { at } from '../support/flow/time.ts'
import { recordEvent } from '../support/webhooks/recordEvent.ts'

const ANNA = 'anna@example.com'
const BO = 'bo@example.com'

describe.each(testDatabases())('on $name, a mail whose call was never answered', ({ name, open }) => {
  let database: TestDatabase
  let rig: StoreRig
  let told: number
  beforeAll(async () => {
    database = await open()
    rig = await databaseRigKind({ name, open: async () => database }).open()
    Object.assign(depsOf(database.payload), { clock: { now: () => at('09:00') } })
  })
  beforeEach(async () => {
    told = 0
    await database.payload.db.deleteMany({ collection: 'provider-events', where: {} })
    await rig.clear()
  })
  afterAll(() => database.close())

  const deps = () => depsOf(database.payload)
  const tell = async (email: string, { campaign, kind }: { campaign: Id; kind: ProviderEventKind }) => {
    const delivery = (await rig.deliveries(campaign)).find((row) => row.email === email)
    told += 1
    await recordEvent(deps(), {
      ...{ eventId: `msg_${told}`, kind, type: `email.${kind}`, occurredAt: at('08:10'), emails: [email] },
      ...{ providerId: `p-${email}`, tags: { delivery: delivery?.id ?? '' }, bounceType: null },
      ...{ detail: null, payload: null },
    })
  }
  /** Both are mailed, and before and after it is written that nobody knows, the provider tells. */
  const mail = async (tellOf: Record<'before' | 'after', string[]>, kind: ProviderEventKind) => {
    for (const email of [ANNA, BO]) await rig.addSubscriber({ email })
    const campaign = await openCampaign(rig)
    const batch = await claimedBatch(rig, { worker: 'a', time: '08:03' })
    const sealed = await rig.store.sealBatch({ batch, token: 'a', callWith: 'memory', now: at('08:03') })
    for (const email of tellOf.before) await tell(email, { campaign, kind })
    const results = (sealed?.recipients ?? []).map(({ id }) => resultOf({ id, fate: 'uncertain' }))
    await rig.store.settleBatch({ id: batch.id, token: 'a', results, now: at('08:04') })
    await finishCampaigns(deps())
    for (const email of tellOf.after) await tell(email, { campaign, kind })
    await finishCampaigns(deps())
    return campaign
  }
  const statuses = async (campaign: Id) =>
    (await rig.deliveries(campaign)).map(({ email, status, providerId }) => [email, status, providerId])
  const counts = async (campaign: Id) => {
    const { status, problem, counts: kept } = await rig.campaign(campaign)
    return [status, problem?.code ?? null, kept.submitted, kept.uncertain]
  }
  const mailAgain = async (campaign: Id) => {
    const asked = { id: campaign, control: 'mail-again', by: await rig.editor() } as const
    await controlCampaign(deps(), asked)
    await rig.store.reopenBatches({ id: campaign, now: at('09:00') })
    const batch = await rig.store.claimBatch({ now: at('09:01'), lease: { token: 'b', ms: 60_000 } })
    const sealed =
      batch && (await rig.store.sealBatch({ batch, token: 'b', callWith: 'memory', now: at('09:01') }))
    return sealed?.recipients.map(({ email }) => email) ?? null
  }

  const orders: [string, Record<'before' | 'after', string[]>][] = [
    ['before', { before: [ANNA], after: [] }],
    ['after', { before: [], after: [ANNA] }],
  ]
  it.each(orders)('is not mailed again when the provider tells of it %s that is written', async (_, told) => {
    const campaign = await mail(told, 'delivered')
    expect([await statuses(campaign), await counts(campaign)]).toEqual([
      [
        [ANNA, 'submitted', `p-${ANNA}`],
        [BO, 'uncertain', null],
      ],
      ['paused', 'uncertain_deliveries', expect.any(Number), expect.any(Number)],
    ])
    expect(await rig.store.countDeliveries(campaign)).toMatchObject({ submitted: 1, uncertain: 1 })
    expect(await mailAgain(campaign)).toEqual([BO])
  })

  it.each([
    ['before', { before: [ANNA, BO], after: [] }],
    ['after', { before: [], after: [ANNA, BO] }],
    ['before and after', { before: [BO], after: [ANNA] }],
  ])('asks staff nothing when the provider tells of all %s that is written', async (_, told) => {
    const campaign = await mail(told, 'sent')
    expect(await counts(campaign)).toEqual(['submitted', null, 2, 0])
    expect(await mailAgain(campaign)).toBeNull()
  })

  it('that staff left as it was is counted as submitted once the provider tells', async () => {
    const campaign = await mail({ before: [], after: [] }, 'delivered')
    await controlCampaign(deps(), { id: campaign, control: 'leave', by: await rig.editor() })
    await finishCampaigns(deps())
    expect(await counts(campaign)).toEqual(['submitted', null, 0, 2])
    for (const email of [ANNA, BO, ANNA]) await tell(email, { campaign, kind: 'delivered' })
    expect(await counts(campaign)).toEqual(['submitted', null, 2, 0])
    expect(await mailAgain(campaign)).toBeNull()
  })
})
