import { setTimeout as wait } from 'node:timers/promises'
import type { Endpoint, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
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
  /** Since when the oldest row waits that nobody works on; null when nothing does. */
  oldestDueAt: string | null
  mailer: { name: Mailer['name'] }
  now: string
}

/**
 * `GET /api/health` -> 200 {status: 'ok'} to anybody, as soon as requests are served: the database is not asked, so that
 * a balancer does not take down what still serves pages. Staff get Health: 200, with `degraded` when no worker takes what
 * is due; 503 when the database does not answer.
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

async function readHealth({ payload }: PayloadRequest): Promise<Health> {
  const { env, store, mailer, clock, log } = depsOf(payload)
  const now = clock.now()
  const pulse = await orTimeout(store.readPulse({ now })).catch((error: unknown) => {
    log('health.database_failed', { error: error instanceof Error ? error.name : 'unknown' })
    return null
  })
  const worker = pulse && readWorker({ pulse, now })
  return {
    status: worker && !worker.isMissing ? 'ok' : 'degraded',
    database: { kind: env.database.kind, ok: pulse !== null },
    worker,
    oldestDueAt: pulse?.oldestDueAt?.toISOString() ?? null,
    mailer: { name: mailer.name },
    now: now.toISOString(),
  }
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
