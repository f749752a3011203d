import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toResendEmail } from '../../src/adapters/mailer/resend/toResendEmail.ts'
import { nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { personalise } from '../../src/newsletter/rules/personalise.ts'
import type { Article } from '../../src/payload-types.ts'
import { cpuSecondsOf } from '../measure/processes.ts'
import { startProcess } from '../measure/startProcess.ts'
import { API_KEY, SECRET, type Site } from './openSite.ts'

export interface BaselineRun {
  calls: number
  inFlight: number
  /** What the idempotency keys begin with: each run needs another. */
  key: string
}

export interface Baseline {
  run: (run: BaselineRun) => Promise<void>
  cpuSeconds: () => number
  stop: () => Promise<void>
}

const MAILS_PER_CALL = 100
/** More than a processor's cache holds; the whole of 100,000 mails would not fit into memory. */
const BATCHES = 10

/** The loop of baseline.ts with mails of this article's campaign, byte for byte as the worker made them. */
export async function startBaseline({
  site,
  emulatorUrl,
  article,
}: {
  site: Site
  emulatorUrl: string
  article: Article['id']
}): Promise<Baseline> {
  const file = join(site.folder, 'mails.json')
  writeFileSync(file, JSON.stringify(await makeBatches({ site, article })))
  const child = startProcess({
    args: [...nodeArguments, 'bench/send/baseline.ts', file, emulatorUrl, API_KEY],
    environment: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
  })
  await child.line((line) => line === 'ready')
  return {
    run: async (run) => {
      const done = child.line((line) => line === 'done')
      child.write(JSON.stringify(run))
      await done
    },
    cpuSeconds: () => cpuSecondsOf([child.pid]),
    stop: child.stop,
  }
}

async function makeBatches({ site, article }: { site: Site; article: Article['id'] }) {
  const campaign = await site.campaignOf(article)
  const mailing = campaign?.mailing
  if (!campaign || !mailing) throw new Error('The campaign has no mailing.')
  const { docs } = await site.payload.find({
    collection: 'deliveries',
    where: { campaign: { equals: campaign.id }, batchNumber: { less_than: BATCHES } },
    sort: ['batchNumber', 'position'],
    limit: BATCHES * MAILS_PER_CALL,
    pagination: false,
    depth: 0,
  })
  const mails = docs.map(({ id, subscriberRef, linkKey, email, name, locale }) => {
    const subscriber = {
      subscriberId: subscriberRef,
      linkKey: linkKey ?? null,
      email,
      name: name ?? null,
      locale,
    }
    const delivery = { id: String(id), ...subscriber }
    return toResendEmail(personalise({ mailing, delivery, campaignId: String(campaign.id), secret: SECRET }))
  })
  return Array.from({ length: Math.ceil(mails.length / MAILS_PER_CALL) }, (_, number) =>
    mails.slice(number * MAILS_PER_CALL, (number + 1) * MAILS_PER_CALL),
  )
}
