import { beforeEach, describe, expect, it } from '@jest/globals'
import { streamText } from '../../../src/endpoints/streamText.ts'

/** Says which texts were made, and whether the making was ended. */
function texts({ count, failAt = Infinity }: { count: number; failAt?: number }) {
  const made: number[] = []
  const state = { made, isEnded: false }
  async function* make(): AsyncGenerator<string> {
    try {
      for (let index = 0; index < count; index++) {
        if (index === failAt) throw new Error('The database is gone.')
        made.push(index)
        yield `text ${index};`
      }
    } finally {
      state.isEnded = true
    }
  }
  return { state, make: make() }
}

const errors: string[] = []
beforeEach(() => {
  errors.length = 0
})

const open = (make: AsyncGenerator<string>) =>
  streamText({ texts: make, onError: (error) => errors.push(String(error)) })

describe('texts as the body of an answer', () => {
  it('come one after another', async () => {
    const { make } = texts({ count: 3 })
    expect(await new Response(await open(make)).text()).toBe('text 0;text 1;text 2;')
  })

  it('are made as they are taken: at most two ahead of the reader', async () => {
    const { make, state } = texts({ count: 1000 })
    const reader = (await open(make)).getReader()
    for (let taken = 0; taken < 5; taken++) await reader.read()
    expect(state.made.length).toBeLessThanOrEqual(7)
    await reader.cancel()
  })

  it('are made no more once the reader has gone', async () => {
    const { make, state } = texts({ count: 1000 })
    const reader = (await open(make)).getReader()
    await reader.read()
    await reader.cancel()
    const made = state.made.length
    expect([await make.next(), state.made.length, state.isEnded, errors]).toEqual([
      { done: true, value: undefined },
      made,
      true,
      [],
    ])
  })

  it('break off with an error in the middle, so that a part is never taken for the whole', async () => {
    const body = await open(texts({ count: 5, failAt: 3 }).make)
    await expect(new Response(body).text()).rejects.toThrow('The database is gone.')
    expect(errors).toEqual(['Error: The database is gone.'])
  })

  it('are not begun when already the first cannot be made', async () => {
    await expect(open(texts({ count: 5, failAt: 0 }).make)).rejects.toThrow('The database is gone.')
  })
})
