import { nodeArguments } from '../../../src/cli/server/projectRoot.ts'
import type { AcceptedMail, Fault, RecordedRequest } from '../../../emulator/model.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { startProcess } from './startProcess.ts'

export interface EmulatorProcess {
  /** For RESEND_BASE_URL. */
  url: string
  /** Who was mailed: every e-mail that was taken, in order, once each, without its text. */
  mails: () => Promise<TakenMail[]>
  /** Every call that was made to send e-mails, in order. */
  calls: () => Promise<RecordedRequest[]>
  set: (settings: Partial<Settings>) => Promise<void>
  /** What every call meets from now on; null: nothing. */
  failEvery: (fault: Fault | null) => Promise<void>
  stop: () => Promise<void>
}

export type TakenMail = Pick<AcceptedMail, 'id' | 'to' | 'subject' | 'key'>

/** More than any test sends. */
const KEPT = '100000'
const PAGE = 2_000

/** `npm run emulator` as a process of its own, on a free port. */
export async function startEmulator({
  flags = [],
  log,
}: { flags?: string[]; log?: string } = {}): Promise<EmulatorProcess> {
  const child = startProcess({
    args: [...nodeArguments, 'emulator/run.ts', '--port', '0', '--keep', KEPT, ...flags],
    environment: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
    ...(log !== undefined && { log }),
  })
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(await child.printed('http://127.0.0.1:')) ?? []
  const ask = async <Body>(method: string, path: string, body?: object): Promise<Body> => {
    const answer = await fetch(`${url}/_emulator/${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }
  return {
    url,
    mails: async () => {
      const mails: TakenMail[] = []
      for (;;) {
        const page = await ask<AcceptedMail[]>('GET', `mails?offset=${mails.length}&limit=${PAGE}`)
        mails.push(...page.map(({ id, to, subject, key }) => ({ id, to, subject, key })))
        if (page.length < PAGE) return mails
      }
    },
    calls: async () => {
      const requests = await ask<RecordedRequest[]>('GET', 'requests')
      return requests.filter(({ path }) => path === '/emails/batch')
    },
    set: (settings) => ask('PATCH', 'settings', settings),
    failEvery: (every) => ask('POST', 'faults', { every }),
    stop: async () => {
      child.kill('SIGTERM')
      await child.ended
    },
  }
}
