import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { projectRoot } from '../../src/cli/server/projectRoot.ts'

export interface RunningProcess {
  pid: number
  /** Settles with the next line that it prints and that this is true of. */
  line: (isIt: (line: string) => boolean) => Promise<string>
  write: (line: string) => void
  /** Settles with its exit code when it has ended by itself. */
  ended: Promise<number>
  /** Asks it to end and waits for it; after ten seconds it is ended. */
  stop: () => Promise<void>
}

const PATIENCE_MS = 10_000

/** A Node process of the bench. It ends with us at the latest, however we end. */
export function startProcess({
  args,
  environment,
}: {
  args: string[]
  environment: Record<string, string>
}): RunningProcess {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: environment as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const lines = createInterface({ input: child.stdout })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => {
      process.off('exit', kill)
      resolve(code ?? 1)
    })
  })
  return {
    pid: child.pid ?? -1,
    line: (isIt) =>
      Promise.race([
        new Promise<string>((resolve) => {
          const look = (line: string) => {
            if (!isIt(line)) return
            lines.off('line', look)
            resolve(line)
          }
          lines.on('line', look)
        }),
        ended.then((code) => {
          throw new Error(`${args.at(-1)} ended with code ${code}.`)
        }),
      ]),
    write: (line) => void child.stdin.write(`${line}\n`),
    ended,
    stop: async () => {
      child.kill('SIGTERM')
      const isForced = await Promise.race([ended.then(() => false), wait(PATIENCE_MS, true, { ref: false })])
      if (isForced) kill()
      await ended
    },
  }
}
