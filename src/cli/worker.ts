import { setTimeout as wait } from 'node:timers/promises'
import { boot } from '../boot.ts'
import { configFor } from '../config.ts'
import { runScheduledPublishing } from '../content/runScheduledPublishing.ts'
import { depsOf } from '../deps.ts'
import { readEnvOrExit } from '../env.ts'
import { flowLanes, work } from '../newsletter/work.ts'
import { onStop } from './server/onStop.ts'

/** `npm run worker`: sends what is due until it is told to stop, then finishes the calls in flight. */
const SCHEDULE_EVERY_MS = 5_000
const LAST_CALL_MS = 5_000

const payload = await boot(configFor(readEnvOrExit()))
const deps = depsOf(payload)
const stop = new AbortController()
onStop(() => {
  stop.abort()
  // What is still in flight then is found by its lease and goes on under the same key.
  setTimeout(() => process.exit(0), LAST_CALL_MS).unref()
})

deps.log('worker.started', { mailer: deps.mailer.name })
await work({
  lanes: [
    ...flowLanes(deps),
    {
      name: 'publish',
      step: () => runScheduledPublishing(payload, deps.clock.now()),
      idleMs: SCHEDULE_EVERY_MS,
    },
  ],
  log: deps.log,
  signal: stop.signal,
  sleep: (ms) => wait(ms, undefined, { signal: stop.signal }).catch(() => undefined),
})
await deps.mailer.close()
await payload.destroy()
deps.log('worker.stopped')
process.exit(0)
