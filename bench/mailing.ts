import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { nodeArguments } from '../src/cli/server/projectRoot.ts'
import { ensureBuild } from '../src/cli/server/ensureBuild.ts'
import { runServer } from '../src/cli/server/runServer.ts'
import { untilServed } from '../src/cli/server/untilServed.ts'
import { readEnv } from '../src/env.ts'
import { seedDesk } from './desk/seedDesk.ts'
import { benchEnvironment } from './measure/benchEnvironment.ts'
import { say } from './measure/say.ts'
import { startProcess } from './measure/startProcess.ts'
import { table } from './measure/table.ts'
import { temporaryFolder } from './measure/temporaryFolder.ts'
import { makeAdmin } from './webhooks/makeAdmin.ts'
import { startPeople, type Latency, type Path } from './webhooks/probe.ts'
import { WEBHOOK_SECRET } from './webhooks/told.ts'

const SUBSCRIBERS = 20_000
/** Calls of a hundred mails that the provider takes in a second. */
const PER_SECOND = 10
const QUIET_MS = 8_000
const ASK_EVERY_MS = 500
/** They do nothing but load pages, a tenth of a second after the last. */
const PEOPLE = 2

const PAGES = {
  desk: '/admin',
  articles: '/admin/collections/articles',
  article: '/admin/collections/articles/1',
  campaigns: '/admin/collections/campaigns',
  subscribers: '/admin/collections/subscribers',
  subscriber: '/admin/collections/subscribers/1',
  deliveries: '/admin/collections/deliveries',
}

/**
 * How long the pages of the admin take while an article is mailed to 20,000 and the provider tells of each mail: the production
 * server with its worker on a fresh SQLite file, and the emulator as the provider. The same pages before, when nothing is mailed, are
 * the baseline. Two people load one page after the other.
 */
export async function benchMailing(options: string[]): Promise<void> {
  const count = options.includes('--quick') ? SUBSCRIBERS / 10 : SUBSCRIBERS
  const { path: folder, remove } = temporaryFolder()
  const own = await benchEnvironment({ folder, webhookSecret: WEBHOOK_SECRET })
  await ensureBuild({ environment: own, report: (seconds) => say(`building … ${seconds} s`) })
  const emulator = startProcess({
    args: [
      ...nodeArguments,
      'emulator/run.ts',
      ...[
        '--port',
        '0',
        '--latency',
        '100',
        '--drop-bodies',
        '--per-second',
        String(PER_SECOND),
        '--enforce-rate',
      ],
      ...['--webhook-url', `${own.SERVER_URL}/api/webhooks/resend`, '--webhook-secret', WEBHOOK_SECRET],
    ],
    environment: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
  })
  const line = await emulator.line((each) => each.includes('http://127.0.0.1:'))
  const environment = {
    ...own,
    WORKER: 'on',
    RESEND_BASE_URL: /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '',
  }
  const env = readEnv(environment)
  say(`writing ${count} subscribers …`)
  await seedDesk({ env, subscribers: count })
  const server = runServer({ env, environment, quiet: true })
  try {
    await untilServed({ baseUrl: env.serverUrl, server })
    const admin = (await makeAdmin(env.serverUrl)).find(({ headers }) => 'Cookie' in headers)
    const headers = admin?.headers ?? {}
    const publish = await writeArticle({ baseUrl: env.serverUrl, headers })
    const paths: Path[] = Object.entries(PAGES).map(([name, path]) => ({
      ...{ name, url: env.serverUrl + path, headers },
    }))
    // The first of each is not like the others.
    await startPeople(paths, PEOPLE).stop()
    const quiet = startPeople(paths, PEOPLE)
    await wait(QUIET_MS)
    const baseline = await quiet.stop()
    say('mailing …')
    const probe = startPeople(paths, PEOPLE)
    const begun = performance.now()
    const submitted = await publish()
    const seconds = (performance.now() - begun) / 1000
    const during = await probe.stop()
    show({ submitted, seconds, baseline, during })
  } finally {
    await server.stop()
    await emulator.stop()
    remove()
  }
}

/** @returns what publishes it, and settles with how many were submitted when all are. */
async function writeArticle({
  baseUrl,
  headers,
}: {
  baseUrl: string
  headers: Record<string, string>
}): Promise<() => Promise<number>> {
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${baseUrl}/api${path}`, {
      method,
      headers: { ...headers, 'Content-Type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as { doc?: { id: number }; docs?: CampaignDoc[] }
  }
  await ask('POST', '/globals/site', {
    ...{ senderName: 'Prov', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1', holdSeconds: 0 },
  })
  const { doc } = await ask('POST', '/articles?draft=true', {
    title: 'Ett brev',
    content: TEXT,
    _status: 'draft',
  })
  return async () => {
    await ask('POST', `/articles/${doc?.id}/publish`, { channels: 'site_and_mail' })
    for (;;) {
      const { docs = [] } = await ask('GET', `/campaigns?where[article][equals]=${doc?.id}&depth=0`)
      if (docs[0]?.status === 'submitted') return docs[0].counts.submitted
      await wait(ASK_EVERY_MS)
    }
  }
}

interface CampaignDoc {
  status: string
  counts: { submitted: number }
}

const TEXT = {
  root: {
    ...{ type: 'root', version: 1, format: '', indent: 0, direction: 'ltr' },
    children: Array.from({ length: 20 }, () => ({
      ...{ type: 'paragraph', version: 1, format: '', indent: 0, direction: 'ltr' },
      children: [
        {
          type: 'text',
          version: 1,
          text: 'Frihet är ansvar. '.repeat(20),
          format: 0,
          mode: 'normal',
          style: '',
          detail: 0,
        },
      ],
    })),
  },
}

function show({
  submitted,
  seconds,
  baseline,
  during,
}: {
  submitted: number
  seconds: number
  baseline: Record<string, Latency>
  during: Record<string, Latency>
}): void {
  const title = `Pages of the admin while ${submitted} are mailed in ${seconds.toFixed(0)} s with webhooks, SQLite, ${availableParallelism()} cores, Node ${process.version}`
  const header = ['page', 'asked', 'failed', 'p50 ms', 'p95 ms', 'most ms', 'p95 of the baseline']
  const rows = Object.entries(during).map(([page, { asked, failed, p50, p95, most }]) => [
    ...[page, String(asked), String(failed), p50.toFixed(0), p95.toFixed(0), most.toFixed(0)],
    (p95 / (baseline[page]?.p95 ?? NaN)).toFixed(1),
  ])
  console.log(`${title}\n\n${table({ header, rows })}\n`)
  console.log(JSON.stringify({ title, submitted, seconds, baseline, during }))
}
