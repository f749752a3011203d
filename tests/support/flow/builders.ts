import type { ClaimedBatch, Id, Mailing } from '../../../src/newsletter/model.ts'
import { at, LEASE_MS, lease } from './time.ts'
import type { StoreRig } from './storeRig.ts'

export const mailing = (change: Partial<Mailing> = {}): Mailing => ({
  sender: { name: 'Provet', email: 'brev@example.com', replyTo: 'svar@example.com' },
  baseUrl: 'http://site.example',
  listId: 'newsletter.site.example',
  placeholderPrefix: 'u0123',
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

/** The audience of a campaign that `worker` prepares. */
export const snapshot = (
  { store }: StoreRig,
  {
    campaignId,
    worker,
    topicIds = [],
    batchSize = 100,
  }: { campaignId: Id; worker: string; topicIds?: Id[]; batchSize?: number },
): Promise<number | null> =>
  store.snapshotAudience({
    campaignId,
    token: worker,
    leaseMs: LEASE_MS,
    topicIds,
    batchSize,
    clock: { now: () => at('08:01') },
  })

/** A campaign of which batches may be claimed from 08:02 on. */
export async function openCampaign(
  rig: StoreRig,
  { worker = 'preparer', batchSize }: { worker?: string; batchSize?: number } = {},
): Promise<Id> {
  const campaignId = await startedCampaign(rig, { worker })
  await snapshot(rig, { campaignId, worker, batchSize })
  await rig.store.openCampaign({ id: campaignId, token: worker, now: at('08:02') })
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
