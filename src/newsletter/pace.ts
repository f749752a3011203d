import type { Outcome } from './model.ts'
import type { Clock, Mailer, Pace, Store } from './ports.ts'
import { FIRST_WIDTH, nextWidth, WIDEST } from './rules/callWidth.ts'

/** Until an answer says what holds. */
const FIRST_PER_SECOND = 2
/** How much of the provider's limit is used: calls that leave evenly do not arrive evenly. */
const SHARE_OF_LIMIT = 0.95
/**
 * A place that passed longer ago is given up for another: a process that stood still (a busy machine, a database that
 * made it wait) would else make all its calls at once. One that is always late calls in the end.
 */
const LATE_MS = 30
const MOST_PLACES = 5

/**
 * Keeps the calls of all workers together within the provider's limit, by places in time that the store gives out, and
 * learns both the limit and how many calls in flight are worth having. Begins low.
 * @param sleep waits, but no longer than until the worker is told to stop.
 */
export function startPace({
  store,
  mailer,
  clock,
  sleep,
  isStopping,
}: {
  store: Pick<Store, 'reserveCall' | 'setCallRate'>
  mailer: Pick<Mailer, 'name' | 'limit' | 'connections'>
  clock: Clock
  sleep: (ms: number) => Promise<void>
  isStopping: () => boolean
}): Pace {
  const widest = Math.min(mailer.connections ?? WIDEST, WIDEST)
  let width = Math.min(FIRST_WIDTH, widest)
  let bestMs = Number.POSITIVE_INFINITY
  let toldPerSecond = 0

  async function waitForPlace(): Promise<void> {
    for (let tries = 0; tries < MOST_PLACES && mailer.limit().kind !== 'none'; tries++) {
      const now = clock.now()
      const firstPerSecond = FIRST_PER_SECOND
      const place = await store.reserveCall({ mailer: mailer.name, firstPerSecond, now })
      if (place > now) await sleep(place.getTime() - now.getTime())
      if (isStopping() || clock.now().getTime() - place.getTime() <= LATE_MS) return
    }
  }

  async function learnLimit(): Promise<void> {
    const limit = mailer.limit()
    if (limit.kind !== 'limited' || limit.perSecond === toldPerSecond) return
    await store.setCallRate({ mailer: mailer.name, perSecond: limit.perSecond * SHARE_OF_LIMIT })
    toldPerSecond = limit.perSecond
  }

  return {
    waitForCall: async () => {
      if (!isStopping()) await waitForPlace()
      return !isStopping()
    },
    learn: async ({ outcome, tookMs }: { outcome: Outcome; tookMs: number }) => {
      if (outcome.kind === 'answered') bestMs = Math.min(bestMs, tookMs)
      width = nextWidth({ width, outcome: outcome.kind, tookMs, bestMs, widest })
      await learnLimit()
    },
    width: () => width,
  }
}
