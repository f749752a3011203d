import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { EnvError } from '../../env.ts'
import { BuildError } from '../server/BuildError.ts'
import { onStop } from '../server/onStop.ts'
import { showSteps } from '../terminal/showSteps.ts'
import { DemoError } from './DemoError.ts'
import { runDemo, type RunningDemo } from './runDemo.ts'

/**
 * `npm run demo`: a site of its own; publishes an article and shows where the mails are. Stays up until Ctrl+C; with
 * `-- --once` it ends when the campaign is submitted. Exit code 0, or 1 with the reason.
 */
const demo: RunningDemo = { lock: null, server: null, logFile: null, stopping: new AbortController() }
/** What says all by its message. */
const EXPECTED = [DemoError, EnvError, BuildError]
let state: 'starting' | 'up' | 'ending' = 'starting'

onStop(() => {
  const code = state === 'up' ? 0 : 1
  process.stdout.write('\n  Ending …\n')
  void end(code)
})

try {
  const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } })
  process.stdout.write('\n  Utskick: a demo\n\n')
  const lines = await runDemo({ demo, steps: showSteps(process.stdout) })
  process.stdout.write(`${lines.join('\n')}\n`)
  state = 'up'
  if (values.once) await end(0)
  process.stdout.write('\n  Ctrl+C ends it; the next run makes everything anew.\n')
  await demo.server?.ended
  throw new DemoError('The web server has ended by itself.')
} catch (error) {
  // Whoever is ending us ends the server too; that is no failure.
  if (!isEnding()) await fail(error)
}

function isEnding(): boolean {
  return state === 'ending'
}

async function fail(error: unknown): Promise<void> {
  const isExpected = EXPECTED.some((kind) => error instanceof kind) || isUsageError(error)
  const reason = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error)
  process.stderr.write(`\n${reason}\n`)
  if (demo.logFile) process.stderr.write(`What the server said: ${relative(process.cwd(), demo.logFile)}\n`)
  await end(1)
}

function isUsageError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')
}

async function end(code: number): Promise<void> {
  state = 'ending'
  demo.stopping.abort()
  await demo.server?.stop()
  await demo.lock?.release()
  process.exit(code)
}
