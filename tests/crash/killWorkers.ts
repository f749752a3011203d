import { setTimeout as wait } from 'node:timers/promises'
import { seededRandom } from '../../emulator/seededRandom.ts'
import type { Ending, TestProcess } from '../support/processes/startProcess.ts'
import { STARTED } from '../support/processes/startWorker.ts'
import type { CampaignWatch, Phase } from './watchCampaign.ts'

/** One SIGKILL: which worker, while its campaign was at what. */
export interface Kill {
  worker: number
  phase: 'booting' | Phase
  /** How long it had lived. */
  livedMs: number
}

export interface KillPlan {
  kills: number
  workers: number
  seed: number
}

/** How many lives end while they boot. */
const BOOT_SHARE = 0.15
const BOOT_MS = 1_500
const PREPARE_MS = 600
/** Longer than a call takes, so that some are answered and recorded, and most are cut. */
const SEND_MS = 3_000
/** Shorter than a call takes: when the campaign would be over before all kills are made. */
const CUT_MS = 1_500
/** One in so many kills is kept for whoever prepares: each costs a lease. */
const PREPARE_SHARE = 1 / 20

/**
 * Runs workers side by side and kills them at moments of chance, each followed by a new one at once, as a supervisor
 * does: while they boot, prepare, send; the last kill when only finishing is left. Then leaves them alone until the
 * campaign is over, and asks them to end.
 * @returns how those ended that were left.
 * @throws when one ends by itself.
 */
export async function killWorkers({
  plan,
  watch,
  start,
  killed,
}: {
  plan: KillPlan
  watch: CampaignWatch
  start: (worker: number) => TestProcess
  /** Is called after each kill. */
  killed: (kill: Kill) => void
}): Promise<Ending[]> {
  const hunt = startHunt({ kills: plan.kills, killed })
  return Promise.all(
    Array.from({ length: plan.workers }, async (_, worker) => {
      const random = seededRandom(plan.seed + worker)
      // The first one is alone until it was killed once, so that it is the one that prepares.
      if (worker > 0) await watch.until(() => hunt.made() > 0)
      for (;;) {
        const life = start(worker)
        const ending = await liveUntilKilled({ life, random, worker, hunt, watch })
        if (ending) return ending
      }
    }),
  )
}

interface Life {
  life: TestProcess
  worker: number
  random: () => number
  hunt: Hunt
  watch: CampaignWatch
}

/** Null when it was killed; else how it ended when it was asked to. */
async function liveUntilKilled({ life, worker, random, hunt, watch }: Life): Promise<Ending | null> {
  const bornAt = Date.now()
  const byItself = life.ended.then(({ code, signal }): never => {
    throw new Error(`A worker ended by itself (${signal ?? code}).`)
  })
  const isMarked = await Promise.race([untilMarked({ life, random, hunt, watch }), byItself])
  if (isMarked) {
    const isBooting = !hasBooted(life) && watch.phase() !== 'over'
    const phase = isBooting ? 'booting' : watch.phase()
    life.kill('SIGKILL')
    hunt.hit({ worker, phase, livedMs: Date.now() - bornAt })
    await life.ended
    return null
  }
  await Promise.race([watch.until(() => watch.phase() === 'over'), byItself])
  await life.printed(STARTED)
  life.kill('SIGTERM')
  return life.ended
}

const hasBooted = ({ lines }: TestProcess) => lines.some((line) => line.includes(STARTED))

/** Waits for the moment at which this life is to end; false: it is left alone. */
async function untilMarked({ life, random, hunt, watch }: Omit<Life, 'worker'>): Promise<boolean> {
  if (random() < BOOT_SHARE) {
    await wait(random() * BOOT_MS)
    if (hunt.takes()) return true
  }
  await life.printed(STARTED)
  if (hunt.wantsPreparing()) {
    await watch.until(() => watch.phase() !== 'preparing' || hunt.isNew(watch.lease()))
    await wait(random() * PREPARE_MS)
    if (watch.phase() === 'preparing' && hunt.takesPreparing(watch.lease())) return true
  }
  await watch.until(() => watch.phase() !== 'preparing')
  await wait(random() * (watch.rest() < hunt.rest() ? CUT_MS : SEND_MS))
  if (hunt.takes()) return true
  if (!hunt.takesLast()) return false
  await watch.until(() => watch.phase() === 'finishing' || watch.phase() === 'over')
  return true
}

interface Hunt {
  made: () => number
  /** How much of the kills is left: 1 at first, 0 in the end. */
  rest: () => number
  hit: (kill: Kill) => void
  /** Whether there is a kill left for any moment. */
  takes: () => boolean
  wantsPreparing: () => boolean
  /** A lease whose holder was not killed yet. */
  isNew: (lease: string | null) => boolean
  takesPreparing: (lease: string | null) => boolean
  /** Whether the last kill, when only finishing is left, is still to be had. */
  takesLast: () => boolean
}

function startHunt({ kills, killed }: { kills: number; killed: (kill: Kill) => void }): Hunt {
  let made = 0
  let left = kills - 1
  let leftPreparing = Math.max(1, Math.round(kills * PREPARE_SHARE))
  let isLastLeft = kills > 0
  const leases = new Set<string | null>([null])
  const takes = () => left > 0 && left-- > 0
  return {
    made: () => made,
    rest: () => 1 - made / kills,
    hit: (kill) => {
      made++
      killed(kill)
    },
    takes,
    wantsPreparing: () => leftPreparing > 0,
    isNew: (lease) => !leases.has(lease),
    takesPreparing: (lease) => {
      leases.add(lease)
      return leftPreparing-- > 0 && takes()
    },
    takesLast: () => {
      const isMine = isLastLeft
      isLastLeft = false
      return isMine
    },
  }
}
