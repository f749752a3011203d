import type { CallLimit } from './model.ts'
import type { CallSlot, Clock, Mailer, Pace, Store } from './ports.ts'
import { FIRST_WIDTH, nextBestMs, nextWidth, WIDEST } from './rules/callWidth.ts'

/** Until an answer says what holds. */
const FIRST_PER_SECOND = 2
/** How much of the provider's limit is used: calls that leave evenly do not arrive evenly. */
const SHARE_OF_LIMIT = 0.9
/**
 * A call that is late by more than this part of the gap takes a later place. With nine of ten places used it could be late
 * by nine tenths before eleven calls fall into one second; the rest is for the database and the network.
 */
const LATE_BY = 0.6
const TRIES_TO_BE_IN_TIME = 5

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
  const waiting: (() => void)[] = []
  let width = Math.min(FIRST_WIDTH, widest)
  let inFlight = 0
  let bestMs = Number.POSITIVE_INFINITY
  let toldPerSecond = 0

  async function enter(): Promise<void> {
    while (inFlight >= width) await new Promise<void>((resume) => waiting.push(resume))
    inFlight += 1
  }

  /** As many as there is room for now may look again. */
  const leave = () => {
    inFlight -= 1
    for (const resume of waiting.splice(0, Math.max(width - inFlight, 0))) resume()
  }

  async function waitForPlace(): Promise<void> {
    for (let attempt = 0; attempt < TRIES_TO_BE_IN_TIME && !isStopping(); attempt++) {
      const limit = mailer.limit()
      if (limit.kind === 'none') return
      const now = clock.now()
      const place = await store.reserveCall({ mailer: mailer.name, firstPerSecond: FIRST_PER_SECOND, now })
      if (place > now) await sleep(place.getTime() - now.getTime())
      if (clock.now().getTime() - place.getTime() <= LATE_BY * gapMs(limit)) return
    }
  }

  async function learnLimit(): Promise<void> {
    const limit = mailer.limit()
    if (limit.kind !== 'limited' || limit.perSecond === toldPerSecond) return
    await store.setCallRate({ mailer: mailer.name, perSecond: limit.perSecond * SHARE_OF_LIMIT })
    toldPerSecond = limit.perSecond
  }

  function startSlot(): CallSlot {
    let isOpen = true
    return {
      end: async (call) => {
        if (!isOpen) return
        isOpen = false
        if (call) {
          const { outcome, tookMs } = call
          if (outcome.kind === 'answered') bestMs = nextBestMs({ bestMs, tookMs })
          width = nextWidth({ width, outcome: outcome.kind, tookMs, bestMs, widest })
        }
        leave()
        // What is learnt may wait; the answer that taught it must not be lost over it.
        if (call) await learnLimit().catch(() => undefined)
      },
    }
  }

  return {
    waitForCall: async () => {
      await enter()
      const slot = startSlot()
      try {
        await waitForPlace()
      } catch (error) {
        await slot.end(null)
        throw error
      }
      if (!isStopping()) return slot
      await slot.end(null)
      return null
    },
    width: () => 2 * width,
  }
}

const gapMs = (limit: CallLimit) =>
  1000 / (limit.kind === 'limited' ? limit.perSecond * SHARE_OF_LIMIT : FIRST_PER_SECOND)
