import type { Pulse } from '../../newsletter/model.ts'
import type { QueueLength } from '../../newsletter/queuePorts.ts'
import { isWorkerMissing, UNSEEN_AFTER_MS } from '../../newsletter/rules/pulse.ts'
import { fail, ok, warn, type Check } from '../model.ts'

const START_ONE = 'Start one: npm start with WORKER=on, or npm run worker.'

export function checkWorker({ pulse, now }: { pulse: Pulse; now: Date }): Check {
  const name = 'worker'
  const seen = pulse.workerSeenAt
  const lastSeen = seen ? `A worker was seen last ${ago(seen, now)}` : 'No worker has been seen'
  if (isWorkerMissing({ pulse, now }))
    return fail({ name, message: `${lastSeen}, and something is due.`, remedy: START_ONE })
  if (!seen || isLongAgo(seen, now)) return warn({ name, message: `${lastSeen}.`, remedy: START_ONE })
  return ok({ name, message: `${lastSeen}.` })
}

/** Nobody works on the oldest due row: it has been due for longer than a worker that lives takes to find it. */
export function checkDue({ pulse: { oldestDueAt }, now }: { pulse: Pulse; now: Date }): Check {
  const name = 'due'
  if (!oldestDueAt) return ok({ name, message: 'Nothing waits.' })
  const message = `The oldest row has been due since ${oldestDueAt.toISOString()}.`
  return isLongAgo(oldestDueAt, now)
    ? warn({ name, message, remedy: 'See that a worker runs, and read its log.' })
    : ok({ name, message })
}

/** Posted events are applied within seconds. */
export function checkEvents({
  queue: { waiting, oldestReceivedAt, setAside },
  now,
}: {
  queue: QueueLength
  now: Date
}): Check {
  const name = 'events'
  if (setAside > 0)
    return warn({
      name,
      message: `${setAside} of the provider’s events could not be applied and are set aside.`,
      remedy:
        'Read the reasons in the admin under waiting events, and the worker’s log. They are tried again when a worker starts.',
    })
  if (!oldestReceivedAt) return ok({ name, message: 'No event of the provider waits.' })
  const message = `${waiting} of the provider’s events wait; the oldest came ${ago(oldestReceivedAt, now)}.`
  return isLongAgo(oldestReceivedAt, now)
    ? warn({ name, message, remedy: 'See that a worker runs, and read its log.' })
    : ok({ name, message })
}

const SWEEP_LATE_MS = 48 * 3_600_000

export function checkSweep({ lastSweptAt, now }: { lastSweptAt: Date | null; now: Date }): Check {
  const name = 'retention'
  const message = lastSweptAt
    ? `Old personal data was removed last ${ago(lastSweptAt, now)}.`
    : 'Old personal data has not been removed yet.'
  return lastSweptAt && now.getTime() - lastSweptAt.getTime() < SWEEP_LATE_MS
    ? ok({ name, message })
    : warn({ name, message, remedy: 'A worker does it every night: let one run, and read its log.' })
}

const isLongAgo = (date: Date, now: Date) => now.getTime() - date.getTime() >= UNSEEN_AFTER_MS

/** `40 s ago`, `12 min ago`, `3 h ago`, `5 days ago`. */
export function ago(date: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - date.getTime()) / 1000))
  if (seconds < 120) return `${seconds} s ago`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h ago`
  return `${Math.round(seconds / 86_400)} days ago`
}
