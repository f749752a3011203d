import { finishCampaigns } from './finishCampaigns.ts'
import { judgeCanaries } from './judgeCanaries.ts'
import { keepLeases } from './keepLeases.ts'
import type { Flow, Log } from './ports.ts'
import { prepareNextCampaign } from './prepareNextCampaign.ts'
import { reopenBatches } from './reopenBatches.ts'
import { rescue } from './rescue.ts'
import { RENEW_EVERY_MS } from './rules/lease.ts'
import { sendNextBatch } from './sendNextBatch.ts'
import { sendNextTransactional } from './sendNextTransactional.ts'

const IDLE_MS = 500
const RESCUE_EVERY_MS = 30_000

/** A loop over due rows: `step` says whether it found one; when it did not, the lane rests for `idleMs`. */
export interface Lane {
  name: string
  step: () => Promise<boolean>
  idleMs: number
  /** How many steps may be under way at once; one unless it says so. */
  width?: () => number
  /** Looks again at once when another lane has done all that it found: that may have made something due. */
  isWoken?: boolean
}

/** The steps of the flow that a worker runs. */
export const flowLanes = <Content>(flow: Flow<Content>): Lane[] => [
  // A person waits for it.
  {
    name: 'transactional',
    step: () => sendNextTransactional(flow),
    idleMs: IDLE_MS,
    width: flow.pace.width,
  },
  { name: 'prepare', step: () => prepareNextCampaign(flow), idleMs: IDLE_MS },
  {
    name: 'send',
    step: () => sendNextBatch(flow),
    idleMs: IDLE_MS,
    width: flow.pace.width,
    isWoken: true,
  },
  { name: 'canary', step: () => judgeCanaries(flow), idleMs: IDLE_MS, isWoken: true },
  { name: 'finish', step: () => finishCampaigns(flow), idleMs: IDLE_MS, isWoken: true },
  { name: 'reopen', step: () => reopenBatches(flow), idleMs: IDLE_MS },
  { name: 'rescue', step: () => rescue(flow), idleMs: RESCUE_EVERY_MS },
  { name: 'keep-leases', step: () => keepLeases(flow), idleMs: RENEW_EVERY_MS },
]

/**
 * Runs lanes side by side. A step that throws (the database is away) is logged and tried again after a rest. Returns
 * when `signal` is aborted and every step under way has ended.
 * @param sleep waits, but no longer than until the worker is told to stop or `wake` is aborted.
 */
export async function work({ lanes, ...rest }: Worker & { lanes: Lane[] }): Promise<void> {
  const bell = startBell()
  await Promise.all(lanes.map((lane) => runLane(lane, { ...rest, bell })))
}

interface Worker {
  log: Log
  signal: AbortSignal
  sleep: (ms: number, wake?: AbortSignal) => Promise<void>
}

interface Bell {
  /** Aborted when it rings next. */
  next: () => AbortSignal
  ring: () => void
}

function startBell(): Bell {
  let controller = new AbortController()
  return {
    next: () => controller.signal,
    ring: () => {
      const rung = controller
      controller = new AbortController()
      rung.abort()
    },
  }
}

async function runLane(lane: Lane, { log, signal, sleep, bell }: Worker & { bell: Bell }): Promise<void> {
  const crew = startCrew(lane, { log, sleep })
  let isIdle = true
  while (!signal.aborted) {
    const wasIdle = isIdle
    isIdle = !(await (isIdle ? crew.probe() : crew.work()))
    if (!isIdle) continue
    // Rung before the next bell is taken, so that a lane does not wake itself.
    if (!wasIdle) bell.ring()
    await sleep(lane.idleMs, lane.isWoken ? bell.next() : undefined)
  }
  await crew.finish()
}

/** The steps of a lane that are under way. */
function startCrew(lane: Lane, { log, sleep }: Pick<Worker, 'log' | 'sleep'>) {
  const running = new Set<Promise<boolean>>()
  const width = () => lane.width?.() ?? 1
  const start = () => {
    const step = attempt(lane, log).finally(() => running.delete(step))
    running.add(step)
    return step
  }
  return {
    /** As many as the lane is wide. @returns whether the first that ends found something. */
    work: () => {
      while (running.size < width()) void start()
      return Promise.race(running)
    },
    /** One more, where nothing was found: one that is still under way after a rest has found something. */
    probe: () => {
      if (!lane.width) return start()
      const mayBeBusy = sleep(lane.idleMs).then(() => true)
      return running.size < width() ? Promise.race([start(), mayBeBusy]) : mayBeBusy
    },
    finish: async () => void (await Promise.all(running)),
  }
}

async function attempt({ name, step }: Lane, log: Log): Promise<boolean> {
  try {
    return await step()
  } catch (error) {
    log('step.failed', { step: name, error: error instanceof Error ? error.message : String(error) })
    return false
  }
}
