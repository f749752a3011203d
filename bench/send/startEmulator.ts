import { constants, setPriority } from 'node:os'
import { nodeArguments } from '../../src/cli/server/projectRoot.ts'
import { cpuSecondsOf } from '../measure/processes.ts'
import { startProcess } from '../measure/startProcess.ts'

/** What the emulator has counted since it was told to begin anew. */
export interface Counts {
  calls: number
  /** Taken, once each. */
  mails: number
  /** How many addresses got more than one. */
  addressesTwiceOrMoreTotal: number
  /** Calls by the status that they were answered with. */
  statuses: Record<string, number>
  maxInFlight: number
  /** Milliseconds since 1970; null when there was none. */
  firstCallAt: number | null
  lastAnswerAt: number | null
}

export interface Emulator {
  url: string
  counts: () => Promise<Counts>
  beginAnew: () => Promise<void>
  cpuSeconds: () => number
  /** From now on it takes the processor after the web server, as the worker does: a provider is not on that machine. */
  makeWay: () => void
  stop: () => Promise<void>
}

/**
 * `npm run emulator` as a process of its own that keeps no bodies.
 * @param perSecond calls a second that it takes, and tells of; null: no limit.
 */
export async function startEmulator({
  latencyMs,
  perSecond,
}: {
  latencyMs: number
  perSecond: number | null
}): Promise<Emulator> {
  const rate =
    perSecond === null ? ['--per-second', 'none'] : ['--per-second', String(perSecond), '--enforce-rate']
  const emulator = startProcess({
    args: [
      ...nodeArguments,
      'emulator/run.ts',
      ...['--port', '0', '--latency', String(latencyMs), '--drop-bodies', ...rate],
    ],
    environment: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
  })
  const line = await emulator.line((each) => each.includes('http://127.0.0.1:'))
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? []
  const ask = async (method: string): Promise<Counts> => {
    const answer = await fetch(`${url}/_emulator/counts`, { method })
    if (!answer.ok) throw new Error(`The emulator answered ${method} with ${answer.status}.`)
    return (await answer.json()) as Counts
  }
  return {
    url,
    counts: () => ask('GET'),
    beginAnew: async () => void (await ask('DELETE')),
    cpuSeconds: () => cpuSecondsOf([emulator.pid]),
    makeWay: () => setPriority(emulator.pid, constants.priority.PRIORITY_BELOW_NORMAL),
    stop: emulator.stop,
  }
}
