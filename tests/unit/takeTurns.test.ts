import { describe, expect, it } from '@jest/globals'
import { codeOf } from '../../src/codeOf.ts'
import { LEFT_QUEUE, QUEUE_IS_FULL, takeTurns } from '../../src/limits/takeTurns.ts'

/** Work that ends when it is told to. */
function workOf(turns: ReturnType<typeof takeTurns>) {
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const start = (who: string, name: string, leave?: AbortSignal) =>
    turns.take({
      who,
      ...(leave && { leave }),
      run: () => {
        began.push(name)
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
      },
    })
  const end = async (name: string) => {
    ends.get(name)?.()
    // The next one begins within the same turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { began, start, end }
}

const bounds = { atOnce: 1, waiting: { ofOne: 2, ofAll: 3 } }

describe('work that takes turns', () => {
  it('runs as much at once as may, and the networks one after the other', async () => {
    const { began, start, end } = workOf(takeTurns(bounds))
    const all = [start('a', 'a1'), start('a', 'a2'), start('a', 'a3'), start('b', 'b1')]
    for (const name of ['a1', 'a2', 'b1', 'a3']) await end(name)
    expect({ began, done: await Promise.all(all) }).toEqual({
      began: ['a1', 'a2', 'b1', 'a3'],
      done: ['a1', 'a2', 'a3', 'b1'],
    })
  })

  it('is refused when too much of one network waits, or of all', async () => {
    const { start, end } = workOf(takeTurns(bounds))
    const taken = [start('a', 'a1'), start('a', 'a2'), start('a', 'a3')]
    const ofOne = await start('a', 'a4').catch(codeOf)
    taken.push(start('b', 'b1'))
    const ofAll = await start('c', 'c1').catch(codeOf)
    for (const name of ['a1', 'a2', 'b1', 'a3']) await end(name)
    await Promise.all(taken)
    expect([ofOne, ofAll]).toEqual([QUEUE_IS_FULL, QUEUE_IS_FULL])
  })

  it('leaves the queue when its caller goes, makes room for others, and never runs', async () => {
    const { began, start, end } = workOf(takeTurns(bounds))
    const [gone, served] = [new AbortController(), new AbortController()]
    const first = start('a', 'a1', served.signal)
    const left = start('a', 'a2', gone.signal).catch(codeOf)
    const others = [start('a', 'a3', served.signal), start('b', 'b1')]
    gone.abort()
    others.push(start('b', 'b2'))
    const late = start('c', 'c1', AbortSignal.abort()).catch(codeOf)
    await end('a1')
    // One that runs is not stopped, and one that has run does not go again.
    served.abort()
    for (const name of ['a3', 'b1', 'b2']) await end(name)
    expect([await left, await late, await first, await Promise.all(others), began]).toEqual([
      LEFT_QUEUE,
      LEFT_QUEUE,
      'a1',
      ['a3', 'b1', 'b2'],
      ['a1', 'a3', 'b1', 'b2'],
    ])
  })

  it('goes on after work that fails', async () => {
    const turns = takeTurns(bounds)
    const failed = turns.take({ who: 'a', run: () => Promise.reject(new Error('no')) })
    const next = turns.take({ who: 'a', run: async () => 'done' })
    expect([await failed.catch(String), await next]).toEqual(['Error: no', 'done'])
  })
})
