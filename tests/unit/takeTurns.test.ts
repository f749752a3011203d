import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
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

describe('a queue that rests', () => {
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => void jest.useRealTimers())

  /** What has begun, and what is done, each with the time. */
  function watch(rest?: { mostMs: number }) {
    const turns = takeTurns({ ...bounds, ...(rest && { rest }) })
    const at = Date.now()
    const seen: string[] = []
    const note = (what: string) => void seen.push(`${what} ${Date.now() - at}`)
    const ask = (name: string, ms: number, isBad = false) =>
      turns
        .take({
          who: 'a',
          run: async () => {
            note(`${name} begins`)
            await new Promise((resolve) => setTimeout(resolve, ms))
            if (isBad) throw new Error('no')
          },
        })
        .then(
          () => note(`${name} done`),
          () => note(`${name} failed`),
        )
    return { seen, ask }
  }

  it('leaves as much time to others as its work took, and makes no caller wait for it whose work is done', async () => {
    const { seen, ask } = watch({ mostMs: 250 })
    const all = [ask('short', 40), ask('long', 900), ask('last', 10)]
    await jest.advanceTimersByTimeAsync(5_000)
    await Promise.all(all)
    expect(seen).toEqual([
      ...['short begins 0', 'short done 40'],
      ...['long begins 80', 'long done 980'],
      // No longer than it may.
      ...['last begins 1230', 'last done 1240'],
    ])
  })

  it('rests after work that fails too, and is free again when nobody waits', async () => {
    const { seen, ask } = watch({ mostMs: 250 })
    const first = [ask('bad', 100, true), ask('next', 100)]
    await jest.advanceTimersByTimeAsync(1_000)
    const late = ask('late', 10)
    await jest.advanceTimersByTimeAsync(1_000)
    await Promise.all([...first, late])
    expect(seen).toEqual([
      ...['bad begins 0', 'bad failed 100'],
      ...['next begins 200', 'next done 300'],
      ...['late begins 1000', 'late done 1010'],
    ])
  })

  it('does not rest when it is not told to', async () => {
    const { seen, ask } = watch()
    const all = [ask('first', 40), ask('second', 40)]
    await jest.advanceTimersByTimeAsync(1_000)
    await Promise.all(all)
    expect(seen.filter((each) => each.includes('begins'))).toEqual(['first begins 0', 'second begins 40'])
  })

  it('starts no work while it rests, not that of a newcomer either', async () => {
    const { seen, ask } = watch({ mostMs: 250 })
    const first = ask('first', 100)
    await jest.advanceTimersByTimeAsync(150)
    const second = ask('second', 10)
    await jest.advanceTimersByTimeAsync(1_000)
    await Promise.all([first, second])
    expect(seen).toEqual(['first begins 0', 'first done 100', 'second begins 200', 'second done 210'])
  })
})
