import { ensureBuild } from '../src/cli/server/ensureBuild.ts'
import { benchEnvironment } from './measure/benchEnvironment.ts'
import { runServer } from '../src/cli/server/runServer.ts'
import { untilServed } from '../src/cli/server/untilServed.ts'
import { readEnv } from '../src/env.ts'
import { signWebhook } from '../emulator/webhooks/sign.ts'
import { postAll, type Post } from './events/postAll.ts'
import { emailOf, seedDeliveries } from './events/seedDeliveries.ts'
import { say } from './measure/say.ts'
import { temporaryFolder } from './measure/temporaryFolder.ts'

const EVENTS = 10_000
const CONNECTIONS = 10
const SECRET = `whsec_${Buffer.from('the secret of a benchmark').toString('base64')}`

/**
 * How fast provider events are taken: 10,000 signed webhooks over 10 connections, two for each mail (sent, and what became
 * of it), the production server on a fresh SQLite file. The same calls to an endpoint of the same server that does
 * next to nothing say what of it is ours.
 */
export async function benchEvents(options: string[]): Promise<void> {
  const count = options.includes('--quick') ? EVENTS / 10 : EVENTS
  const { path: folder, remove } = temporaryFolder()
  const environment = await benchEnvironment({ folder, webhookSecret: SECRET })
  await ensureBuild({ environment, report: (seconds) => say(`building … ${seconds} s`) })
  say(`writing ${count / 2} deliveries …`)
  const deliveries = await seedDeliveries({ environment, count: count / 2 })
  const env = readEnv(environment)
  const server = runServer({ env, environment, quiet: true })
  try {
    await untilServed({ baseUrl: env.serverUrl, server })
    const posts = shuffled(deliveries.flatMap((id, index) => eventsOf({ id, index, url: env.serverUrl })))
    const idle = posts.map((post): Post => ({
      ...post,
      url: `${env.serverUrl}/api/health`,
      method: 'GET',
      body: '',
    }))
    await postAll({ posts: idle.slice(0, 500).map(withoutBody), connections: CONNECTIONS })
    say('measuring …')
    const baseline = await postAll({ posts: idle.map(withoutBody), connections: CONNECTIONS })
    const eventsPerSecond = await postAll({ posts, connections: CONNECTIONS })
    const again = await postAll({ posts, connections: CONNECTIONS })
    show({ events: count, eventsPerSecond, again, baseline })
  } finally {
    await server.stop()
    remove()
  }
}

function show({
  events,
  eventsPerSecond,
  again,
  baseline,
}: {
  events: number
  eventsPerSecond: number
  again: number
  baseline: number
}): void {
  const seconds = events / eventsPerSecond
  const ratio = eventsPerSecond / baseline
  say(`${events} events in ${seconds.toFixed(1)} s: ${eventsPerSecond.toFixed(0)} a second`)
  say(`the same ones once more: ${again.toFixed(0)} a second`)
  say(`an endpoint that does next to nothing: ${baseline.toFixed(0)} a second; ratio ${ratio.toFixed(2)}`)
  console.log(JSON.stringify({ bench: 'events', events, seconds, eventsPerSecond, again, baseline, ratio }))
}

const withoutBody = (post: Post): Post => ({ ...post, headers: {} })

/** Of a hundred mails three bounce and one in five hundred is complained about; some bounces may pass. */
function eventsOf({ id, index, url }: { id: string; index: number; url: string }): Post[] {
  const became = index % 100 < 2 ? 'Permanent' : index % 100 === 2 ? 'Transient' : null
  const type = became ? 'email.bounced' : index % 500 === 7 ? 'email.complained' : 'email.delivered'
  const bounce = became && { bounce: { type: became, subType: 'General', message: 'It bounced.' } }
  return [
    toPost({ id, name: `sent-${id}`, type: 'email.sent', url, data: {} }),
    toPost({ id, name: `became-${id}`, type, url, data: { ...bounce } }),
  ]
}

function toPost({
  id,
  name,
  type,
  url,
  data,
}: {
  id: string
  name: string
  type: string
  url: string
  data: object
}): Post {
  const at = new Date()
  const body = JSON.stringify({
    type,
    created_at: at.toISOString(),
    data: {
      created_at: at.toISOString(),
      ...{ email_id: `e-${id}`, message_id: `<e-${id}@example.com>`, from: 'Prov <brev@example.com>' },
      ...{ to: [emailOf(id)], subject: 'Ett brev', tags: { delivery: id } },
      ...data,
    },
  })
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...signWebhook({ id: `msg_${name}`, at, body, secret: SECRET }),
  }
  return { url: `${url}/api/webhooks/resend`, method: 'POST', headers, body }
}

/** In an order that is the same each time and none that they came about in. */
const shuffled = (posts: Post[]): Post[] =>
  posts
    .map((post, index) => ({ post, place: (index * 7_919) % posts.length }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ post }) => post)
