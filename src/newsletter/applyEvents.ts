import { codeOf } from '../codeOf.ts'
import type { ProviderEvent } from './model.ts'
import type { Flow } from './ports.ts'
import type { EventQueue, PostedEvent, WaitingEvent } from './queuePorts.ts'
import { recordEvents, type Recording } from './recordEvents.ts'
import { MOST_TRIES, nextEventMove, SETS } from './rules/nextEventMove.ts'
import type { Lane } from './work.ts'

/** A set takes far less; the events of a worker that was killed wait for so long. */
const LEASE_MS = 30_000
const IDLE_MS = 500
/** So many events that could not be applied are kept for staff. */
const MOST_SET_ASIDE = 1_000

export type Applying = Recording & {
  queue: EventQueue
  /** What was posted, in our words; throws when it cannot be read at all. */
  readEvent: (posted: PostedEvent) => Promise<ProviderEvent>
} & Pick<Flow, 'randomId'>

/** What a worker does with posted events. */
export const eventLane = (applying: Applying): Lane => ({
  name: 'events',
  step: () => applyEvents(applying),
  idleMs: IDLE_MS,
})

/**
 * Applies a set of events that wait, and removes them from the queue. Cut off at any point, another worker does the same
 * set again after the lease, with the same outcome. A set that fails is tried again in smaller sets; an event that fails
 * alone is set aside in the end, with the code of its error.
 * @returns whether there was one, so that there may be more.
 * @throws what the database throws when not even that can be written down.
 */
export async function applyEvents(applying: Applying): Promise<boolean> {
  const claimed = await claimNext(applying)
  if (claimed.length === 0) return false
  const killers = claimed.filter(({ tries }) => tries > MOST_TRIES)
  for (const event of killers) await setAside(applying, { event, reason: 'worker_ended' })
  const due = claimed.filter(({ tries }) => tries <= MOST_TRIES)
  if (due.length > 0) await apply(applying, due)
  return true
}

async function claimNext({ queue, clock, randomId }: Applying): Promise<WaitingEvent[]> {
  for (const set of SETS) {
    const lease = { token: randomId(), ms: LEASE_MS }
    const claimed = await queue.claim({ ...set, now: clock.now(), lease })
    if (claimed.length > 0) return claimed
  }
  return []
}

async function apply(applying: Applying, due: WaitingEvent[]): Promise<void> {
  const { queue, readEvent } = applying
  try {
    const told = []
    for (const posted of due) told.push({ event: await readEvent(posted), receivedAt: posted.receivedAt })
    await recordEvents(applying, told)
  } catch (error) {
    return giveBack(applying, { due, reason: codeOf(error) })
  }
  await queue.remove(due.map(({ id }) => id))
}

async function giveBack(
  applying: Applying,
  { due, reason }: { due: WaitingEvent[]; reason: string },
): Promise<void> {
  const { queue, clock, log } = applying
  log('events.not_applied', { events: due.length, code: reason })
  for (const event of due) {
    const move = nextEventMove({ tries: event.tries, now: clock.now() })
    if (move.kind === 'aside') await setAside(applying, { event, reason })
    else await queue.postpone({ ids: [event.id], dueAt: move.at })
  }
}

async function setAside(
  { queue, clock, log }: Applying,
  { event: { id, eventId }, reason }: { event: WaitingEvent; reason: string },
): Promise<void> {
  await queue.setAside({ id, reason, now: clock.now() })
  log('event.set_aside', { event: eventId, code: reason })
  const removed = await queue.trimSetAside(MOST_SET_ASIDE)
  if (removed > 0) log('events.dropped', { events: removed })
}

/** What is set aside gets one more try: a worker that starts may be of a version that can apply it. */
export async function retrySetAside({ queue, clock, log }: Applying): Promise<void> {
  const retried = await queue.retrySetAside({ tries: MOST_TRIES - 1, now: clock.now() })
  if (retried > 0) log('events.retried', { events: retried })
}
