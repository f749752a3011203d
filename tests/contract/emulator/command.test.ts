import { afterEach, describe, expect, it } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { nodeArguments } from '../../../src/cli/server/projectRoot.ts'

/** `npm run emulator`, as a process. */
let child: ChildProcess | undefined
afterEach(() => {
  child?.kill('SIGKILL')
})

function run(...flags: string[]) {
  const script = resolve(import.meta.dirname, '../../../emulator/run.ts')
  const process = spawn(globalThis.process.execPath, [...nodeArguments, script, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = process
  return { process, ended: new Promise<number | null>((done) => process.on('close', done)) }
}

describe('npm run emulator', () => {
  it('prints its address, its seed and what Utskick needs, answers there, and ends when it is told to', async () => {
    const { process, ended } = run('--port', '0', '--seed', '42', '--webhook-url', 'http://127.0.0.1:9/hook')
    const lines: string[] = []
    for await (const line of createInterface({ input: process.stdout })) {
      lines.push(line)
      if (line.startsWith('RESEND_WEBHOOK_SECRET')) break
    }
    const url = /http:\S+/.exec(lines[0] ?? '')?.[0] ?? ''
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(lines).toEqual([
      `Resend emulator   ${url}`,
      `What it received  ${url}/`,
      'Seed              42',
      '',
      'For Utskick:',
      'MAILER=resend',
      `RESEND_BASE_URL=${url}`,
      'RESEND_API_KEY=re_emulator',
      expect.stringMatching(/^RESEND_WEBHOOK_SECRET=whsec_[\w+/]+={0,2}$/),
    ])
    expect((await fetch(url)).status).toBe(200)
    process.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  it('says what is wrong with its flags, and ends with 2', async () => {
    const { process, ended } = run('--fault-every', 'explode')
    expect([await text(process.stderr), await ended]).toEqual([
      '--fault-every knows no fault "explode"\nWhat there is: npm run emulator -- --help\n',
      2,
    ])
  })

  it('--help tells of its flags, and ends with 0', async () => {
    const { process, ended } = run('--help')
    expect([await text(process.stdout), await ended]).toEqual([expect.stringContaining('--drop-bodies'), 0])
  })
})
