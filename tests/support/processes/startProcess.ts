import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { projectRoot } from '../../../src/cli/server/projectRoot.ts'

export interface Ending {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface TestProcess {
  /** What it has printed so far. */
  lines: readonly string[]
  /** Settles when it has printed a line with this in it, before or from now on; rejects when it ends without. */
  printed: (part: string) => Promise<string>
  kill: (signal: NodeJS.Signals) => void
  ended: Promise<Ending>
}

/** A Node process of a test. It ends with us at the latest, unless we are killed. */
export function startProcess({
  args,
  environment,
  log,
}: {
  args: string[]
  environment: Record<string, string>
  /** A file that gets all that it says, behind what is there. */
  log?: string
}): TestProcess {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: environment as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const killWithUs = () => void child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject)
    // Not `exit`: by then all that it printed has been read.
    child.once('close', (code, signal) => {
      process.off('exit', killWithUs)
      resolve({ code, signal })
    })
  })
  if (log !== undefined) {
    const file = createWriteStream(log, { flags: 'a' })
    child.stdout.pipe(file)
    child.stderr.pipe(file)
  } else child.stderr.pipe(process.stderr)
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout }).on('line', (line) => void lines.push(line))
  return {
    lines,
    printed: (part) => {
      const before = lines.find((line) => line.includes(part))
      if (before !== undefined) return Promise.resolve(before)
      const later = new Promise<string>((resolve) => {
        reader.on('line', (line) => {
          if (line.includes(part)) resolve(line)
        })
      })
      const never = ended.then(({ code, signal }): never => {
        throw new Error(`${args.at(-1)} ended (${signal ?? code}) and never said “${part}”.`)
      })
      return Promise.race([later, never])
    },
    kill: (signal) => void child.kill(signal),
    ended,
  }
}
