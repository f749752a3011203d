import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { headersOf, toldOf, type Told } from './told.ts'

/**
 * Posts COUNT events to TARGET, CONNECTIONS at a time, until each is taken; prints what that took as one line of JSON. What
 * is refused is posted again after the time that the answer names, as a provider does that does not wait for minutes.
 */
const { TARGET = '', FROM = '0', COUNT = '0', CONNECTIONS = '1' } = process.env
const agent = new Agent({ keepAlive: true, maxSockets: Number(CONNECTIONS) })
const counts = { refused: 0, failed: 0 }
const RETRY_FAILED_MS = 1_000

const make = (told: Told): Promise<{ status: number; retryAfter: number }> =>
  new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: headersOf(told) }
    const call = request(`${TARGET}/api/webhooks/resend`, options, (response) => {
      response.resume()
      const retryAfter = Number(response.headers['retry-after'] ?? 5)
      response.once('end', () => resolve({ status: response.statusCode ?? 0, retryAfter }))
      response.once('error', reject)
    })
    call.once('error', reject)
    call.end(told.body)
  })

const due: number[] = Array.from({ length: Number(COUNT) }, (_, index) => Number(FROM) + index)
let left = due.length

/** Goes on with others while what was refused waits. */
async function work(): Promise<void> {
  while (left > 0) {
    const number = due.pop()
    if (number === undefined) await wait(100)
    else await attempt(number)
  }
}

async function attempt(number: number): Promise<void> {
  const answer = await make(toldOf(number)).catch(() => null)
  if (answer?.status === 200) return void left--
  if (answer && answer.status !== 503) throw new Error(`Answered with ${answer.status}`)
  if (answer) counts.refused++
  else counts.failed++
  setTimeout(() => due.push(number), answer ? answer.retryAfter * 1000 : RETRY_FAILED_MS)
}

const begun = performance.now()
await Promise.all(Array.from({ length: Number(CONNECTIONS) }, work))
console.log(JSON.stringify({ seconds: (performance.now() - begun) / 1000, ...counts }))
agent.destroy()
process.exit(0)
