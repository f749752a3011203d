import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { forgetPublic, keepBriefly } from '../../../src/content/publicCache.ts'

beforeEach(() => {
  forgetPublic()
  jest.useFakeTimers({ now: 0 })
})
afterEach(() => {
  jest.useRealTimers()
})

/** What each reading gives, and how many there were. */
function source() {
  let readings = 0
  return { load: () => Promise.resolve(++readings), readings: () => readings }
}

/** A reading that ends when the test says so. */
function slowSource<Value>() {
  let finish: (value: Value) => void = () => undefined
  const value = new Promise<Value>((resolve) => (finish = resolve))
  return { load: () => value, finish }
}

describe('what is kept briefly', () => {
  it('is read once for all who ask within a second, and again after it', async () => {
    const { load } = source()
    const first = await Promise.all([keepBriefly('a', load), keepBriefly('a', load)])
    jest.setSystemTime(999)
    const within = await keepBriefly('a', load)
    jest.setSystemTime(1000)
    const after = await keepBriefly('a', load)
    expect([first, within, after]).toEqual([[1, 1], 1, 2])
  })

  it('is read for each key by itself', async () => {
    const { load } = source()
    expect([
      await keepBriefly('a', load),
      await keepBriefly('b', load),
      await keepBriefly('a', load),
    ]).toEqual([1, 2, 1])
  })

  it('is forgotten at once when content changes', async () => {
    const { load } = source()
    await keepBriefly('a', load)
    forgetPublic()
    expect(await keepBriefly('a', load)).toBe(2)
  })

  it('never outlives a change that came while it was read', async () => {
    const slow = slowSource<string>()
    const asked = keepBriefly('a', slow.load)
    forgetPublic()
    const fresh = await keepBriefly('a', () => Promise.resolve('new'))
    slow.finish('old')
    expect([await asked, fresh, await keepBriefly('a', () => Promise.resolve('newer'))]).toEqual([
      'old',
      'new',
      'new',
    ])
  })

  it('is never a failure', async () => {
    await expect(keepBriefly('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await keepBriefly('a', () => Promise.resolve('up'))).toBe('up')
  })

  it('stays within bounds, whatever is asked for', async () => {
    const { load, readings } = source()
    for (let index = 0; index <= 500; index++) await keepBriefly(`key ${index}`, load)
    await keepBriefly('key 500', load)
    expect(readings()).toBe(501)
    await keepBriefly('key 0', load)
    expect(readings()).toBe(502)
  })
})
