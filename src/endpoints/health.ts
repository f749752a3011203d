import { setTimeout as wait } from 'node:timers/promises'
import type { Endpoint, Payload, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { examine, examineNetwork } from '../doctor/examine.ts'
import type { Facts } from '../doctor/facts.ts'
import type { Check } from '../doctor/model.ts'
import { networkPortsOf } from '../doctor/networkPorts.ts'
import { factsOf, readDatabaseFacts } from '../doctor/readFacts.ts'
import type { Env } from '../env.ts'
import type { Pulse } from '../newsletter/model.ts'
import type { Mailer } from '../newsletter/ports.ts'
import { isWorkerMissing } from '../newsletter/rules/pulse.ts'
import { bearsStaffToken } from './health/bearsStaffToken.ts'

/** What staff are told; times as ISO 8601. No address, key or path. */
export interface Health {
  /** `degraded`: the database fails, or something waits and no worker takes it. */
  status: 'ok' | 'degraded'
  database: { kind: Env['database']['kind']; ok: boolean }
  /** Null while the database cannot tell. */
  worker: { lastSeenAt: string | null; isMissing: boolean } | null
  /** What the provider posted and no worker has applied; null while the database cannot tell. */
  events: { waiting: number; oldestReceivedAt: string | null; setAside: number } | null
  /** Since when the oldest row waits that nobody works on; null when nothing does. */
  oldestDueAt: string | null
  mailer: { name: Mailer['name'] }
  /** What `npm run cli -- doctor` tells; what asks a network only when it is asked for. */
  checks: Check[]
  now: string
}

/**
 * `GET /api/health` -> 200 {status: 'ok'} to anybody, as soon as requests are served: the database is not asked, so that
 * a balancer does not take down what still serves pages. Staff get Health: 200, with `degraded` when no worker takes what
 * is due; 503 when the database does not answer. `?checks=all`: also what asks the provider and DNS.
 */
export const healthEndpoints: Endpoint[] = [{ path: '/health', method: 'get', handler: answer }]

async function answer(req: PayloadRequest): Promise<Response> {
  if (!req.user && !bearsStaffToken(req)) return healthAnswer(ALIVE)
  const health = await readHealth(req)
  if (!health.database.ok) return healthAnswer(health, 503)
  // The database knows the token's bearer no more: nobody of the staff.
  return healthAnswer(req.user ? health : ALIVE)
}

const ALIVE = { status: 'ok' } as const

const healthAnswer = (body: Health | typeof ALIVE, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

async function readHealth({ payload, searchParams }: PayloadRequest): Promise<Health> {
  const { env, store, queue, mailer, clock, log } = depsOf(payload)
  const now = clock.now()
  const pulse = await orTimeout(store.readPulse({ now })).catch((error: unknown) => {
    log('health.database_failed', { error: error instanceof Error ? error.name : 'unknown' })
    return null
  })
  const events = pulse && (await orTimeout(queue.readLength()).catch(() => null))
  const worker = pulse && readWorker({ pulse, now })
  return {
    status: worker && !worker.isMissing ? 'ok' : 'degraded',
    database: { kind: env.database.kind, ok: pulse !== null },
    worker,
    events: events && { ...events, oldestReceivedAt: events.oldestReceivedAt?.toISOString() ?? null },
    oldestDueAt: pulse?.oldestDueAt?.toISOString() ?? null,
    mailer: { name: mailer.name },
    checks: await readChecks({
      payload,
      isAnswering: pulse !== null,
      isAll: searchParams.get('checks') === 'all',
      now,
    }),
    now: now.toISOString(),
  }
}

async function readChecks({
  payload,
  isAnswering,
  isAll,
  now,
}: {
  payload: Payload
  isAnswering: boolean
  isAll: boolean
  now: Date
}): Promise<Check[]> {
  const database = isAnswering ? await orTimeout(readDatabaseFacts(payload)).catch(() => null) : null
  const facts = { ...factsOf({ env: depsOf(payload).env, now }), database }
  return isAll ? [...examine(facts), ...(await askNetwork({ payload, facts }))] : examine(facts)
}

/** One question for all who ask within it: Resend counts it among the calls that hand mails over. */
const NETWORK_KEPT_MS = 10_000

const askedLast = new WeakMap<Payload, { until: number; answer: Promise<Check[]> }>()

function askNetwork({ payload, facts }: { payload: Payload; facts: Facts }): Promise<Check[]> {
  const now = facts.now.getTime()
  const last = askedLast.get(payload)
  if (last && last.until > now) return last.answer
  const answer = examineNetwork(facts, networkPortsOf(payload))
  askedLast.set(payload, { until: now + NETWORK_KEPT_MS, answer })
  return answer
}

const readWorker = ({ pulse, now }: { pulse: Pulse; now: Date }): Health['worker'] => ({
  lastSeenAt: pulse.workerSeenAt?.toISOString() ?? null,
  isMissing: isWorkerMissing({ pulse, now }),
})

/** A database that says nothing for so long does not answer. */
const ANSWERS_WITHIN_MS = 5_000

async function orTimeout<Value>(value: Promise<Value>): Promise<Value> {
  const stop = new AbortController()
  const timeout = wait(ANSWERS_WITHIN_MS, undefined, { signal: stop.signal }).then(() => {
    throw new Error('The database does not answer.')
  })
  try {
    return await Promise.race([value, timeout])
  } finally {
    stop.abort()
    timeout.catch(() => undefined)
  }
}
