import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { FLOODS, type Flood } from './floods.ts'

/** One line of the input, as JSON. */
export interface AttackOrder {
  /** Of the flood. */
  name: string
  baseUrl: string
  /** Each caller comes from a network of its own: this, with a number at its end. */
  networks: string
  callers: number
  ms: number
}

/** Floods as it is ordered to. For each order it writes one line: statuses, and how many of each. */
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as AttackOrder
  const flood = FLOODS[order.name]
  if (!flood) throw new Error(`There is no flood ${order.name}.`)
  console.log(await attack(order, flood))
}

async function attack({ baseUrl, networks, callers, ms }: AttackOrder, flood: Flood): Promise<string> {
  const until = performance.now() + ms
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  // Once: it may be long.
  const body = flood.body === null ? null : Buffer.from(flood.body)
  const answers = new Map<string, number>()
  const callAgain = async (caller: number) => {
    const headers = {
      'X-Forwarded-For': `${networks}.${caller + 1}`,
      ...(body && { 'Content-Type': 'application/json', 'Content-Length': String(body.length) }),
    }
    do {
      const status = await ask({
        url: `${baseUrl}/api${flood.path}`,
        agent,
        method: flood.method,
        headers,
        body,
      })
      answers.set(status, (answers.get(status) ?? 0) + 1)
    } while (performance.now() < until)
  }
  await Promise.all(Array.from({ length: callers }, (_, caller) => callAgain(caller)))
  agent.destroy()
  return [...answers].map(([status, count]) => `${status} × ${count}`).join(', ')
}

/** Gives the status, or `cut` when the connection ends without one. */
function ask({
  url,
  agent,
  method,
  headers,
  body,
}: {
  url: string
  agent: Agent
  method: string
  headers: Record<string, string>
  body: Buffer | null
}): Promise<string> {
  return new Promise((resolve) => {
    let status = 'cut'
    const call = request(url, { agent, method, headers })
    call.once('response', (answer) => {
      status = String(answer.statusCode)
      answer.resume()
    })
    call.on('error', () => resolve(status))
    call.once('close', () => resolve(status))
    call.end(body ?? undefined)
  })
}
