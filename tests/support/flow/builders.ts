import type {
  AudiencePart,
  Canary,
  ClaimedBatch,
  ClaimedMail,
  DeliveryResult,
  DeliveryStatus,
  Edition,
  Id,
  Mailing,
} from '../../../src/newsletter/model.ts'
import { UNDECIDED } from '../../../src/newsletter/rules/problems.ts'
import { at, LEASE_MS, lease } from './time.ts'
import { readerEmail, type StoreRig } from './storeRig.ts'

export const LINKS_UNTIL = '2027-02-23T08:00:00.000Z'

export const mailing = (change: Partial<Mailing> = {}): Mailing => ({
  sender: { name: 'Provet', email: 'brev@example.com', replyTo: 'svar@example.com' },
  baseUrl: 'http://site.example',
  listId: 'newsletter.site.example',
  placeholderPrefix: 'u0123',
  linksUntil: LINKS_UNTIL,
  mails: {
    sv: { subject: 'Ämnet', html: '<p>Texten, "citerad" & med $&</p>', text: 'Texten' },
    en: { subject: 'The subject', html: '<p>The text</p>', text: 'The text' },
  },
  ...change,
})

/** A campaign that `worker` prepares: claimed and started, with its mailing fixed. */
export async function startedCampaign(
  { store, addCampaign }: StoreRig,
  { worker }: { worker: string },
): Promise<Id> {
  const id = await addCampaign()
  await store.claimCampaign({ now: at('08:00'), lease: lease(worker) })
  await store.startCampaign({ id, token: worker, topicIds: [], now: at('08:00') })
  await store.fixMailing({ id, token: worker, mailing: mailing() })
  return id
}

/** Nothing but its audience counts: everybody. */
export const FIRST_EDITION: Edition = { articleId: '1', number: 1, audience: 'everybody', corrects: null }

/** The audience of a campaign that `worker` prepares. */
export const snapshot = (
  { store }: StoreRig,
  {
    campaignId,
    worker,
    topicIds = [],
    batchSize = 100,
    edition = FIRST_EDITION,
    part = null,
    firstBatch = 0,
  }: {
    campaignId: Id
    worker: string
    topicIds?: Id[]
    batchSize?: number
    edition?: Edition
    part?: AudiencePart | null
    firstBatch?: number
  },
): Promise<number | null> =>
  store.snapshotAudience({
    campaignId,
    token: worker,
    leaseMs: LEASE_MS,
    edition,
    topicIds,
    batchSize,
    part,
    firstBatch,
    clock: { now: () => at('08:01') },
  })

/** A campaign of which batches may be claimed from 08:02 on. */
export async function openCampaign(
  rig: StoreRig,
  {
    worker = 'preparer',
    batchSize,
    canary = null,
  }: { worker?: string; batchSize?: number; canary?: Canary | null } = {},
): Promise<Id> {
  const campaignId = await startedCampaign(rig, { worker })
  await snapshot(rig, { campaignId, worker, batchSize })
  await rig.store.openCampaign({ id: campaignId, token: worker, canary, now: at('08:02') })
  return campaignId
}

export async function claimedBatch(
  { store }: StoreRig,
  { worker, time }: { worker: string; time: string },
): Promise<ClaimedBatch> {
  const batch = await store.claimBatch({ now: at(time), lease: lease(worker) })
  if (!batch) throw new Error(`No batch is due at ${time}.`)
  return batch
}

export async function claimedMail(
  { store }: StoreRig,
  { worker, time }: { worker: string; time: string },
): Promise<ClaimedMail> {
  const claimed = await store.claimTransactionalMail({ now: at(time), lease: lease(worker) })
  if (!claimed) throw new Error(`No mail is due at ${time}.`)
  return claimed
}

/** What may become of a delivery. */
export type Fate = Exclude<DeliveryStatus, 'pending'>

export const resultOf = ({ id, fate }: { id: Id; fate: Fate }): DeliveryResult => {
  switch (fate) {
    case 'submitted':
      return { deliveryId: id, status: fate, providerId: `p-${id}` }
    case 'rejected':
    case 'uncertain':
      return { deliveryId: id, status: fate, reason: 'a_reason', detail: null }
    case 'excluded':
      return { deliveryId: id, status: fate, reason: 'unsubscribed' }
  }
}

/** Claims the next batch, hands it to the mailer called `memory`, and settles it: `fates` by position. */
export async function mailNextBatch(
  rig: StoreRig,
  { worker = 'a', time, fates }: { worker?: string; time: string; fates: Fate[] },
): Promise<ClaimedBatch> {
  const batch = await claimedBatch(rig, { worker, time })
  const sealed = await rig.store.sealBatch({ batch, token: worker, callWith: 'memory', now: at(time) })
  const results = (sealed?.recipients ?? []).map(({ id }, index) =>
    resultOf({ id, fate: fates[index] ?? 'submitted' }),
  )
  await rig.store.settleBatch({ id: batch.id, token: worker, results, now: at(time) })
  return batch
}

/** A campaign of which every batch was settled at 08:03: one for each list of `fates`, all of the same length. */
export async function settledCampaign(
  rig: StoreRig,
  { fates }: { fates: Fate[][] },
): Promise<{ id: Id; subscriberIds: Id[] }> {
  const subscriberIds = []
  for (const [number] of fates.flat().entries())
    subscriberIds.push(await rig.addSubscriber({ email: readerEmail(number) }))
  const id = await openCampaign(rig, { batchSize: fates[0]?.length ?? 1 })
  for (const ofBatch of fates) await mailNextBatch(rig, { time: '08:03', fates: ofBatch })
  return { id, subscriberIds }
}

/** The same, finished at 08:04: `submitted`, or `paused` when somebody is uncertain. */
export async function finishedCampaign(
  rig: StoreRig,
  input: { fates: Fate[][] },
): Promise<{ id: Id; subscriberIds: Id[] }> {
  const campaign = await settledCampaign(rig, input)
  await finish(rig, { id: campaign.id, time: '08:04' })
  return campaign
}

export const finish = ({ store }: StoreRig, { id, time }: { id: Id; time: string }) =>
  store.finishCampaign({ id, undecided: UNDECIDED, now: at(time) })
