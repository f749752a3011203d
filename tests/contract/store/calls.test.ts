import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { StoreRig } from '../../support/flow/storeRig.ts'
import { storeRigs } from '../../support/flow/storeRigs.ts'
import { at } from '../../support/flow/time.ts'

describe.each(storeRigs())('the store in $name: places for calls', ({ open }) => {
  let rig: StoreRig
  beforeAll(async () => {
    rig = await open()
  })
  afterAll(() => rig.close())
  beforeEach(() => rig.clear())

  const START = at('08:00').getTime()
  /** In milliseconds after 08:00. */
  const reserve = async ({ ms = 0, mailer = 'memory' }: { ms?: number; mailer?: string } = {}) => {
    const now = new Date(START + ms)
    const place = await rig.store.reserveCall({ mailer, firstPerSecond: 2, now })
    return place.getTime() - START
  }
  const places = async (count: number) => {
    const given = []
    for (let number = 0; number < count; number++) given.push(await reserve())
    return given
  }
  const setRate = (perSecond: number) => rig.store.setCallRate({ mailer: 'memory', perSecond })

  it('are as far apart as the first rate says, until a limit is known', async () => {
    expect(await places(4)).toEqual([0, 500, 1000, 1500])
  })

  it('are as far apart as the known limit says, also when it is known before the first call', async () => {
    await setRate(10)
    expect(await places(4)).toEqual([0, 100, 200, 300])
  })

  it('are of each mailer for itself', async () => {
    expect([await reserve(), await reserve({ mailer: 'other' }), await reserve()]).toEqual([0, 0, 500])
  })

  it('are never in the past, and a pause saves no place for later', async () => {
    await places(2)
    const given = []
    for (const ms of [10_000, 10_000, 10_100, 30_000]) given.push(await reserve({ ms }))
    expect(given).toEqual([10_000, 10_500, 11_000, 30_000])
  })

  it.each([3, 9.5, 0.7, 300])('keep to %s a second without drifting', async (perSecond) => {
    await setRate(perSecond)
    const given = await places(31)
    const gaps = given.slice(1).map((place, index) => place - (given[index] ?? 0))
    const gap = 1000 / perSecond
    expect(gaps.filter((ms) => Math.abs(ms - gap) > 1)).toEqual([])
    expect(Math.abs((given[30] ?? 0) - 30 * gap)).toBeLessThanOrEqual(1)
  })

  it('are different for all who come at once', async () => {
    const given = await Promise.all(Array.from({ length: 100 }, () => reserve()))
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, number) => number * 500))
  })

  it('are different for all who come at once, also the first time and with a known limit', async () => {
    await setRate(20)
    const given = await Promise.all(Array.from({ length: 100 }, () => reserve()))
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, number) => number * 50))
  })

  it('keep what is given when the rate changes, and space what comes after it', async () => {
    const before = await places(2)
    await setRate(10)
    const faster = await places(3)
    await setRate(1)
    expect([before, faster, await places(3)]).toEqual([
      [0, 500],
      [1000, 1100, 1200],
      [1300, 2300, 3300],
    ])
  })

  it('stay apart when clocks differ a little', async () => {
    const given = []
    for (const ms of [0, 200, -300, 150, -400]) given.push(await reserve({ ms }))
    expect(given).toEqual([0, 500, 1000, 1500, 2000])
  })

  it('do not wait for a place that a wrong clock left', async () => {
    await reserve({ ms: 3_600_000 })
    expect([await reserve(), await reserve()]).toEqual([0, 500])
  })

  it('still wait in a long queue', async () => {
    await setRate(0.05)
    expect(await places(30)).toEqual(Array.from({ length: 30 }, (_, number) => number * 20_000))
  })
})
