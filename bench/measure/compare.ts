import autocannon from 'autocannon'
import { median } from './median.ts'

/** Medians over all rounds. */
export interface Speed {
  requestsPerSecond: number
  /** Milliseconds. */
  p99: number
}

export interface Comparison {
  name: string
  /** Of one answer, without its headers. */
  bytes: number
  subject: Speed
  baseline: Speed
  /** subject / baseline, of the requests per second: 1 is as fast as the server can be. */
  ratio: number
}

/**
 * Measures two addresses in turn, round by round, so that whatever else the machine does meets both.
 * @param subject one address, or many that are asked for one after the other: what is kept for a moment does not help then.
 * @throws when an answer is not a 200, or when the two do not answer the same bytes.
 */
export async function compare({
  name,
  subject,
  baseline,
  connections,
  rounds,
  seconds,
}: {
  name: string
  subject: [string, ...string[]]
  baseline: string
  connections: number
  rounds: number
  seconds: number
}): Promise<Comparison> {
  const body = await read(subject[0])
  if (body !== (await read(baseline))) throw new Error(`${name}: the baseline does not answer the same bytes`)
  const speeds: { subject: Speed[]; baseline: Speed[] } = { subject: [], baseline: [] }
  for (const urls of [[baseline], subject]) await shoot({ urls, connections, seconds: Math.min(3, seconds) })
  for (let round = 0; round < rounds; round++) {
    speeds.baseline.push(await shoot({ urls: [baseline], connections, seconds }))
    speeds.subject.push(await shoot({ urls: subject, connections, seconds }))
  }
  const medians = { subject: medianOf(speeds.subject), baseline: medianOf(speeds.baseline) }
  return {
    name,
    bytes: Buffer.byteLength(body),
    ...medians,
    ratio: medians.subject.requestsPerSecond / medians.baseline.requestsPerSecond,
  }
}

async function shoot({
  urls,
  connections,
  seconds,
}: {
  urls: string[]
  connections: number
  seconds: number
}): Promise<Speed> {
  const [url = ''] = urls
  const paths = urls.map((each) => each.slice(new URL(each).origin.length))
  let next = 0
  // One counter for all connections: no two ask for the same at the same time.
  const setupRequest = (request: autocannon.Request) => ({ ...request, path: paths[next++ % paths.length] })
  const result = await autocannon({ url, requests: [{ setupRequest }], connections, duration: seconds })
  const failures = result.non2xx + result.errors + result.timeouts
  if (failures > 0) throw new Error(`${url}: ${failures} of ${result.requests.total} answers failed`)
  return { requestsPerSecond: result.requests.average, p99: result.latency.p99 }
}

async function read(url: string): Promise<string> {
  const answer = await fetch(url)
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
  return answer.text()
}

const medianOf = (speeds: Speed[]): Speed => ({
  requestsPerSecond: median(speeds.map(({ requestsPerSecond }) => requestsPerSecond)),
  p99: median(speeds.map(({ p99 }) => p99)),
})
