import { cpuSecondsOf } from '../measure/processes.ts'
import { untilTrue } from '../measure/untilTrue.ts'
import type { Database } from './databases.ts'
import type { Counts, Emulator } from './startEmulator.ts'
import type { CampaignRow, Publication, Site } from './openSite.ts'
import type { Workers } from './startWorkers.ts'

export interface SendRun {
  /** Seconds from the publishing to the campaign's being submitted. */
  wallSeconds: number
  /** Seconds from the publishing to the first call. */
  firstCallSeconds: number
  /** From the first call to the last answer. */
  mailsPerSecond: number
  /** Of publishing and sending together. */
  wallMailsPerSecond: number
  cpuSeconds: { worker: number; database: number | null; emulator: number }
  counts: Counts
  article: Publication['article']
}

const STOPPED: CampaignRow['status'][] = ['failed', 'paused', 'cancelled']

/** Publishes an article and waits until its campaign is submitted, to everybody, once. */
export async function sendOnce({
  site,
  database,
  emulator,
  workers,
  recipients,
}: {
  site: Site
  database: Database
  emulator: Emulator
  workers: Workers
  recipients: number
}): Promise<SendRun> {
  await emulator.beginAnew()
  const used = () => ({
    worker: workers.cpuSeconds(),
    database: cpuSecondsOf(database.pids),
    emulator: emulator.cpuSeconds(),
  })
  const before = used()
  const { article, at } = await site.publish()
  const campaign = await untilSubmitted({ site, emulator, article, recipients })
  const after = used()
  const cpuSeconds = {
    worker: after.worker - before.worker,
    database: database.pids.length === 0 ? null : after.database - before.database,
    emulator: after.emulator - before.emulator,
  }
  const counts = await emulator.counts()
  checkEverybodyOnce({ recipients, counts, submitted: campaign.counts?.submitted ?? 0 })
  const wallSeconds = (Date.parse(campaign.finishedAt ?? '') - at) / 1000
  return {
    wallSeconds,
    firstCallSeconds: ((counts.firstCallAt ?? Number.NaN) - at) / 1000,
    mailsPerSecond: mailsPerSecond(counts),
    wallMailsPerSecond: recipients / wallSeconds,
    cpuSeconds,
    counts,
    article,
  }
}

/** What is fast and wrong is not measured. */
function checkEverybodyOnce({
  recipients,
  counts: { mails, addressesTwiceOrMoreTotal: twice },
  submitted,
}: {
  recipients: number
  counts: Counts
  submitted: number
}): void {
  if (mails !== recipients || submitted !== recipients || twice > 0)
    throw new Error(`${recipients} recipients, ${mails} mails, ${submitted} submitted, ${twice} twice.`)
}

/** From the first call to the last answer. */
export const mailsPerSecond = ({ mails, firstCallAt, lastAnswerAt }: Counts): number =>
  (mails / ((lastAnswerAt ?? Number.NaN) - (firstCallAt ?? Number.NaN))) * 1000

async function untilSubmitted({
  site,
  emulator,
  article,
  recipients,
}: {
  site: Site
  emulator: Emulator
  article: Publication['article']
  recipients: number
}): Promise<CampaignRow> {
  let mails = 0
  const progress = () => mails
  await untilTrue({
    what: 'every mail was taken',
    ask: async () => (mails = (await emulator.counts()).mails) >= recipients,
    progress,
    everyMs: 100,
  })
  let campaign: CampaignRow | null = null
  await untilTrue({
    what: 'the campaign was submitted',
    ask: async () => {
      campaign = await site.campaignOf(article)
      if (campaign && STOPPED.includes(campaign.status))
        throw new Error(`The campaign is ${campaign.status}: ${campaign.problem?.message ?? 'no reason'}`)
      return campaign?.status === 'submitted'
    },
  })
  if (!campaign) throw new Error('The campaign is gone.')
  return campaign
}
