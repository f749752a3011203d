import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { constants, setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { boot } from '../boot.ts'
import { configFor } from '../config.ts'
import { contactLane } from '../contact/followUpForgotten.ts'
import { depsOf, importRunsOf, loadRenderer, planRunnerOf, restoreOf } from '../deps.ts'
import { readEnvOrExit } from '../env.ts'
import { mediaLane } from '../media/mediaLane.ts'
import { eventLane, retrySetAside } from '../newsletter/applyEvents.ts'
import { startPace } from '../newsletter/pace.ts'
import { rememberMailings } from '../newsletter/rememberMailings.ts'
import { BEAT_EVERY_MS } from '../newsletter/rules/pulse.ts'
import { flowLanes, work } from '../newsletter/work.ts'
import { runDuePlan } from '../plans/runDuePlan.ts'
import { erasureLane } from '../readers/erasureLane.ts'
import { finishingWithMarks, startMarks, withMarks } from '../restore/marks.ts'
import { noteStartOf } from '../restore/noteStartOf.ts'
import { sweepLane } from '../retention/sweepLane.ts'
import { undoLane } from '../subscribers/undoLane.ts'
import { suppressionLane } from '../suppressions/suppressionLane.ts'
import { onStop } from './server/onStop.ts'
import { sleepUntil } from './sleepUntil.ts'

/** `npm run worker`: sends what is due until it is told to stop, then finishes the calls in flight. */
const PLANS_EVERY_MS = 2_000
const MARK_EVERY_MS = 1_000
/** How long calls in flight may take once the worker is told to stop; it ends within five seconds. */
const LAST_CALLS_MS = 3_500
const GIVE_BACK_WITHIN_MS = 1_000

const payload = await boot(configFor(readEnvOrExit()))
await noteStartOf(payload)
const deps = depsOf(payload)
const { clock, log } = deps
const stop = new AbortController()
// Every step that waits listens: more than the ten that Node warns of are no leak.
setMaxListeners(0, stop.signal)
const sleep = (ms: number, wake?: AbortSignal) =>
  sleepUntil({ ms, signals: wake ? [stop.signal, wake] : [stop.signal] })
const marks = startMarks({ ...restoreOf(payload), clock, onRestored: startAgain })
const mailer = withMarks({ mailer: deps.mailer, marks })
const store = finishingWithMarks({ store: rememberMailings(deps.store), marks })
const pace = startPace({ store, mailer, clock, sleep, isStopping: () => stop.signal.aborted })
const flow = { ...deps, store, mailer, pace, sleep }

onStop(() => {
  stop.abort()
  setTimeout(() => void giveUpCalls(), LAST_CALLS_MS).unref()
})

/** What is in flight then stays in doubt: the next worker goes on with it at once, under the same key. */
async function giveUpCalls(): Promise<void> {
  const tokens = [...flow.held]
  // A database that does not answer must not keep it: the leases end by themselves.
  await Promise.race([store.giveBack({ tokens }).catch(() => undefined), wait(GIVE_BACK_WITHIN_MS)])
  log('worker.stopped', { givenBack: tokens.length })
  process.exit(0)
}

/** The database became an older one under us: a start finds out what that means. */
function startAgain(): never {
  log('worker.restored_under')
  process.exit(1)
}

const planRunner = planRunnerOf(payload)
const worker = randomUUID()
const startedAt = clock.now()
const beat = () => store.beat({ worker, mailer: mailer.name, startedAt, now: clock.now() })

// Readers and editors come before mails where both want the processor.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
log('worker.started', { mailer: mailer.name })
await retrySetAside(deps)
// It takes a while to load, and an editor waits for the first mail.
void loadRenderer()
await work({
  lanes: [
    ...flowLanes(flow),
    eventLane(deps),
    { name: 'beat', step: () => beat().then(() => false), idleMs: BEAT_EVERY_MS },
    {
      name: 'plans',
      step: () => runDuePlan(planRunner),
      idleMs: PLANS_EVERY_MS,
    },
    { name: 'mark', step: () => marks.atRest().then(() => false), idleMs: MARK_EVERY_MS },
    contactLane(payload),
    sweepLane({ payload, sleep }),
    mediaLane(payload),
    erasureLane(payload),
    undoLane({ runs: importRunsOf(payload), clock: depsOf(payload).clock, log }),
    suppressionLane({ payload, pace }),
  ],
  log,
  signal: stop.signal,
  sleep,
})
await marks.atRest()
await mailer.close()
await payload.destroy()
log('worker.stopped')
process.exit(0)
