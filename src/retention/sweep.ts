import type { Clock, Log } from '../newsletter/ports.ts'
import type { OldFiles, OldRows, UnjudgedDrafts } from './ports.ts'
import { lastSweepTime } from './rules/lastSweepTime.ts'
import { limitsOfAge, type LimitsOfAge, type RetentionDays } from './rules/limitsOfAge.ts'

export interface Sweep {
  rows: OldRows
  files: OldFiles
  drafts: UnjudgedDrafts
  readDays: () => Promise<RetentionDays>
  clock: Clock
  log: Log
  sleep: (ms: number) => Promise<void>
  /** Names this worker in its claim. */
  token: string
}

/** Whoever was killed leaves the sweep to another after this long; each portion takes far less. */
const LEASE_MS = 5 * 60_000
const ROWS_AT_ONCE = 1_000
/** Up to a hundred deliveries each. */
const BATCHES_AT_ONCE = 10
/** Each is read with its versions, up to a hundred. */
const DRAFTS_AT_ONCE = 10
/** Between two portions: whoever waits to write gets there. */
const REST_MS = 50

/**
 * Removes one portion of the personal data that has grown old, if the night's sweep is due and nobody else does it.
 * Cut off at any point, the next call goes on.
 * @returns whether something was removed, so that there may be more.
 * @throws the first of what failed, after everything else was tried; the sweep stays due.
 */
export async function sweep(deps: Sweep): Promise<boolean> {
  const { rows, clock, token } = deps
  const now = clock.now()
  const since = lastSweepTime(now)
  if (!(await rows.claimSweep({ since, now, lease: { token, ms: LEASE_MS } }))) return false
  const failures: unknown[] = []
  for (const [name, remove] of dutiesOf(deps, limitsOfAge({ ...(await deps.readDays()), now })))
    if (await attempt(deps, { name, remove, failures })) return true
  if (failures.length > 0) throw failures[0]
  await rows.endSweep({ token, now: clock.now() })
  return false
}

type Remove = () => Promise<number>

/** What is found by an index comes first: it is looked for again after every portion of the others. */
const dutiesOf = (
  { rows, files, drafts, clock }: Sweep,
  old: LimitsOfAge,
): [name: string, remove: Remove][] => {
  const limit = ROWS_AT_ONCE
  return [
    ['provider_events', () => rows.removeProviderEvents({ before: old.deliveries, limit })],
    ['set_aside_events', () => rows.removeSetAsideEvents({ before: old.setAsideEvents, limit })],
    ['deliveries', () => rows.eraseDeliveries({ before: old.deliveries, limit: BATCHES_AT_ONCE })],
    ['rate_limits', () => rows.removeRateLimits({ before: clock.now(), limit })],
    ['subscribers', () => rows.removeWaitingSubscribers({ before: old.waitingSubscribers, limit })],
    ['contact_messages', () => rows.removeContactMessages({ before: old.contactMessages, limit })],
    ['transactional_mails', () => rows.removeTransactionalMails({ before: old.deliveries, limit })],
    ['mail_bodies', () => rows.removeMailBodies({ before: old.mailBodies, limit })],
    ['imports', () => rows.forgetImports({ before: old.imports, limit })],
    ['unjudged_drafts', () => drafts.judge({ before: old.blankDrafts, limit: DRAFTS_AT_ONCE })],
    ['blank_drafts', () => rows.removeBlankDrafts({ before: old.blankDrafts, limit })],
    ['files', () => files.remove(old.files)],
  ]
}

/** One duty that fails does not keep the others from being done. */
async function attempt(
  { log, sleep }: Sweep,
  { name, remove, failures }: { name: string; remove: Remove; failures: unknown[] },
): Promise<boolean> {
  try {
    const removed = await remove()
    if (removed === 0) return false
    log('sweep.removed', { what: name, removed })
    await sleep(REST_MS)
    return true
  } catch (error) {
    log('sweep.failed', { what: name, error: error instanceof Error ? error.name : 'unknown' })
    failures.push(error)
    return false
  }
}
