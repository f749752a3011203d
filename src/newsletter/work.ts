import { finishCampaigns } from './finishCampaigns.ts'
import type { Flow, Log } from './ports.ts'
import { prepareNextCampaign } from './prepareNextCampaign.ts'
import { rescue } from './rescue.ts'
import { sendNextBatch } from './sendNextBatch.ts'

/** How many calls to the provider a worker has in flight at most. */
const SENDING_LANES = 4
const IDLE_MS = 500
const RESCUE_EVERY_MS = 30_000

/** A loop over due rows: `step` says whether it found one; when it did not, the lane rests for `idleMs`. */
export interface Lane {
  name: string
  step: () => Promise<boolean>
  idleMs: number
}

/** The steps of the flow that a worker runs. */
export const flowLanes = <Content>(flow: Flow<Content>): Lane[] => [
  { name: 'prepare', step: () => prepareNextCampaign(flow), idleMs: IDLE_MS },
  ...Array.from({ length: SENDING_LANES }, () => ({
    name: 'send',
    step: () => sendNextBatch(flow),
    idleMs: IDLE_MS,
  })),
  { name: 'finish', step: () => finishCampaigns(flow), idleMs: IDLE_MS },
  { name: 'rescue', step: () => rescue(flow), idleMs: RESCUE_EVERY_MS },
]

/**
 * Runs lanes side by side. A step that throws (the database is away) is logged and tried again after a rest. Returns
 * when `signal` is aborted and every step under way has ended.
 * @param sleep waits, but no longer than until the signal.
 */
export async function work({
  lanes,
  log,
  signal,
  sleep,
}: {
  lanes: Lane[]
  log: Log
  signal: AbortSignal
  sleep: (ms: number) => Promise<void>
}): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      while (!signal.aborted) if (!(await attempt(lane, log))) await sleep(lane.idleMs)
    }),
  )
}

async function attempt({ name, step }: Lane, log: Log): Promise<boolean> {
  try {
    return await step()
  } catch (error) {
    log('step.failed', { step: name, error: error instanceof Error ? error.message : String(error) })
    return false
  }
}
