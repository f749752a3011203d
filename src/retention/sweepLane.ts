import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'
import { depsOf, oldDataOf } from '../deps.ts'
import type { Lane } from '../newsletter/work.ts'
import { DEFAULT_RETENTION_DAYS, type RetentionDays } from './rules/limitsOfAge.ts'
import { sweep } from './sweep.ts'

const LOOK_EVERY_MS = 5 * 60_000

/** What a worker does at night: one of them, a portion at a time, so that nothing waits for it. */
export function sweepLane({
  payload,
  sleep,
}: {
  payload: Payload
  sleep: (ms: number) => Promise<void>
}): Lane {
  const { clock, log } = depsOf(payload)
  const deps = {
    ...oldDataOf(payload),
    readDays: () => readRetentionDays(payload),
    clock,
    log,
    sleep,
    token: randomUUID(),
  }
  return { name: 'sweep', step: () => sweep(deps), idleMs: LOOK_EVERY_MS }
}

/** Reads as the system: only staff may see these settings. */
export async function readRetentionDays(payload: Payload): Promise<RetentionDays> {
  const { deliveryDays, contactMessageDays } = await payload.findGlobal({
    slug: 'site',
    select: { deliveryDays: true, contactMessageDays: true },
    depth: 0,
    overrideAccess: true,
  })
  return {
    deliveryDays: deliveryDays ?? DEFAULT_RETENTION_DAYS,
    contactMessageDays: contactMessageDays ?? DEFAULT_RETENTION_DAYS,
  }
}
