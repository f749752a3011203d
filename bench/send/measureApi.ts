import { setTimeout as wait } from 'node:timers/promises'
import { nextSettings, nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { untilServed } from '../../src/cli/server/untilServed.ts'
import { quantile } from '../measure/median.ts'
import { startProcess } from '../measure/startProcess.ts'
import type { Site } from './openSite.ts'

/** Milliseconds that an article by its slug takes, at the 99th percentile. */
export interface ApiLatency {
  idleP99: number
  sendingP99: number
  /** How many requests each is of. */
  requests: number
}

/** A busy site's readers; they ask whether or not the one before was answered. */
const PER_SECOND = 50
const WARM_UP_SECONDS = 2
const SECONDS = 10

/** Readers' requests while nothing else happens, and then while campaigns are sent, one after the other. */
export async function measureApi(site: Site): Promise<ApiLatency> {
  const { SERVER_URL: baseUrl = '' } = site.environment
  const server = startProcess({
    args: [...nodeArguments, 'src/web/server.ts'],
    environment: { ...site.environment, ...nextSettings, NODE_ENV: 'production', HOST: '127.0.0.1' },
  })
  try {
    await untilServed({ baseUrl, server })
    const url = `${baseUrl}/api/articles?where[slug][equals]=${site.slug}&limit=1&depth=0&locale=sv`
    await read({ url, seconds: WARM_UP_SECONDS })
    const idle = await read({ url, seconds: SECONDS })
    const isOver = new AbortController()
    const publishing = keepPublishing({ site, signal: isOver.signal })
    const sending = await read({ url, seconds: SECONDS })
    isOver.abort()
    await publishing
    return { idleP99: quantile(idle, 0.99), sendingP99: quantile(sending, 0.99), requests: sending.length }
  } finally {
    await server.stop()
  }
}

async function keepPublishing({ site, signal }: { site: Site; signal: AbortSignal }): Promise<void> {
  while (!signal.aborted) {
    const { article } = await site.publish()
    while (!signal.aborted && (await site.campaignOf(article))?.status !== 'submitted') await wait(100)
  }
}

/** What each request took from its beginning to its last byte. */
async function read({ url, seconds }: { url: string; seconds: number }): Promise<number[]> {
  const began = performance.now()
  const requests: Promise<number>[] = []
  for (let number = 0; number < seconds * PER_SECOND; number++) {
    await wait(began + (number / PER_SECOND) * 1000 - performance.now())
    requests.push(time(url))
  }
  return Promise.all(requests)
}

async function time(url: string): Promise<number> {
  const began = performance.now()
  const answer = await fetch(url)
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}.`)
  return performance.now() - began
}
