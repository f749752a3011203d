import type { Flow } from '../../../src/newsletter/ports.ts'

/** A worker is killed at one call of a port: before the call does anything, or after it has done all. */
export interface Kill {
  call: number
  when: 'before' | 'after'
}

export class Killed extends Error {}

type Act = (...input: never[]) => Promise<unknown>

/** The same flow, with `around` at every call that leaves the worker: to the rows, the articles, the mailer. */
export function aroundCalls<Content>(
  flow: Flow<Content>,
  around: (name: string, run: () => Promise<unknown>) => Promise<unknown>,
): Flow<Content> {
  const wrap = <Port extends object>(port: Port): Port =>
    Object.assign(
      { ...port },
      Object.fromEntries(
        Object.entries(port)
          .filter((entry): entry is [string, Act] => typeof entry[1] === 'function')
          .map(([name, act]) => [name, (...input: never[]) => around(name, async () => act(...input))]),
      ),
    )
  return { ...flow, store: wrap(flow.store), mailer: wrap(flow.mailer), articles: wrap(flow.articles) }
}

/**
 * A flow whose worker is killed at one of its calls, and does nothing more. `calls` are the names of those that it came
 * to.
 */
export function killedFlow<Content>(
  flow: Flow<Content>,
  kill: Kill | null,
): { flow: Flow<Content>; calls: string[] } {
  const calls: string[] = []
  const killed = aroundCalls(flow, async (name, run) => {
    const isLast = kill !== null && calls.length === kill.call
    if (kill !== null && calls.length > kill.call) throw new Killed('It is dead already.')
    calls.push(name)
    if (isLast && kill.when === 'before') throw new Killed(`Killed before ${name}.`)
    const result = await run()
    if (isLast) throw new Killed(`Killed after ${name}.`)
    return result
  })
  return { flow: killed, calls }
}
