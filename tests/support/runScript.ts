import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { nodeArguments } from '../../src/cli/server/projectRoot.ts'

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
  complaints: string
}

/** Runs a script of tests/support as a process of its own, with nothing of our environment but PATH. */
export async function runScript(script: string, environment: Record<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeArguments, resolve(import.meta.dirname, script)], {
    env: { NODE_ENV: 'test', PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<Pick<Ended, 'code' | 'signal'>>((done) =>
    child.on('close', (code, signal) => done({ code, signal })),
  )
  return { complaints: await text(child.stderr), ...(await ended) }
}
