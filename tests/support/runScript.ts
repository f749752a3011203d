import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  /** The last line that it printed. */
  said: string
  complaints: string
}

/** Runs a script of tests/support as a process of its own, with nothing of our environment but PATH. */
export async function runScript(script: string, environment: Record<string, string>): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--conditions=production', '--import', 'tsx', resolve(import.meta.dirname, script)],
    { env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ended = new Promise<Pick<Ended, 'code' | 'signal'>>((done) =>
    child.on('close', (code, signal) => done({ code, signal })),
  )
  const [output, complaints, how] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { ...how, said: output.trim().split('\n').at(-1) ?? '', complaints }
}
