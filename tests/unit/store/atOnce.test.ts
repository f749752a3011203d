import { describe, expect, it } from '@jest/globals'
import { atOnce } from '../../../src/adapters/store/mongo/atOnce.ts'

/** Writes that end when the test says so. */
function writing() {
  const begun: string[] = []
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const write = (name: string) => () => {
    begun.push(name)
    return new Promise<void>((resolve, reject) => ends.set(name, { resolve, reject }))
  }
  return {
    begun,
    write,
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string) => ends.get(name)?.reject(new Error(`${name} failed.`)),
  }
}

/** Whether it has ended by now, when all that can go on has. */
async function hasEnded(promise: Promise<void>): Promise<boolean> {
  const later = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)))
  return Promise.race([promise.then(() => true), later])
}

describe('writes at once', () => {
  it('begin as long as there is room; the next one waits for one to end', async () => {
    const { begun, write, end } = writing()
    const writes = atOnce(2)
    await writes.start(write('a'))
    await writes.start(write('b'))
    const third = writes.start(write('c'))
    const before = [await hasEnded(third), [...begun]]
    end('b')
    await third
    expect([before, begun]).toEqual([
      [false, ['a', 'b']],
      ['a', 'b', 'c'],
    ])
  })

  it('are all over at the end', async () => {
    const { write, end } = writing()
    const writes = atOnce(2)
    await writes.start(write('a'))
    await writes.start(write('b'))
    const over = writes.end()
    end('a')
    const withOne = await hasEnded(over)
    end('b')
    await over
    expect(withOne).toBe(false)
  })

  it('throw what one of them has thrown, and begin no other', async () => {
    const { begun, write, end, fail } = writing()
    const writes = atOnce(2)
    await writes.start(write('a'))
    await writes.start(write('b'))
    const third = writes.start(write('c'))
    fail('a')
    await expect(third).rejects.toThrow('a failed.')
    end('b')
    await expect(writes.end()).rejects.toThrow('a failed.')
    expect(begun).toEqual(['a', 'b'])
  })
})
