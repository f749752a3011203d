import { describe, expect, it } from '@jest/globals'
import { compareMailings } from '../../../src/desk/compareMailings.ts'
import type { Mailing } from '../../../src/desk/model.ts'
import { lastDays } from '../../../src/desk/readDesk.ts'

const mailing = (more: Partial<Mailing> = {}): Mailing => ({
  ...{ id: '1', subject: 'Brevet', finishedAt: new Date('2026-11-30T08:00:00Z') },
  ...{ recipients: 200, submitted: 198, events: { delivered: 190, bounced: 4, complained: 1 } },
  ...more,
})

describe('the last newsletter', () => {
  it('is none before the first', () => {
    expect(compareMailings([])).toBeNull()
  })

  it('stands alone when it is the first', () => {
    expect(compareMailings([mailing()])).toEqual({
      mailing: mailing(),
      before: 0,
      figures: [
        { name: 'submitted', count: 198, share: 0.99, mean: null },
        { name: 'delivered', count: 190, share: 190 / 198, mean: null },
        { name: 'bounced', count: 4, share: 4 / 198, mean: null },
        { name: 'complained', count: 1, share: 1 / 198, mean: null },
      ],
    })
  })

  it('is compared with the mean of the shares of those before it, however large they were', () => {
    const before = [
      mailing({ recipients: 10, submitted: 10, events: { delivered: 10, bounced: 0, complained: 0 } }),
      mailing({ recipients: 1000, submitted: 500, events: { delivered: 250, bounced: 50, complained: 5 } }),
    ]
    const { figures = [], before: count } = compareMailings([mailing(), ...before]) ?? {}
    expect([count, Object.fromEntries(figures.map(({ name, mean }) => [name, mean]))]).toEqual([
      2,
      { submitted: 0.75, delivered: 0.75, bounced: 0.05, complained: 0.005 },
    ])
  })

  it('says nothing of what the provider did not tell, and does not count that as zero', () => {
    const silent = mailing({ events: null })
    const { figures = [] } = compareMailings([silent, mailing()]) ?? {}
    expect(figures.map(({ name }) => name)).toEqual(['submitted'])
    const told = compareMailings([mailing(), silent])
    expect(told?.figures.map(({ name, mean }) => [name, mean])).toEqual([
      ['submitted', 0.99],
      ['delivered', null],
      ['bounced', null],
      ['complained', null],
    ])
  })

  it('has no share of nobody', () => {
    const nobody = mailing({
      recipients: 0,
      submitted: 0,
      events: { delivered: 0, bounced: 0, complained: 0 },
    })
    expect(compareMailings([nobody])?.figures.map(({ share }) => share)).toEqual([null, null, null, null])
  })
})

describe('the last thirty days', () => {
  const days = (now: string, timeZone = 'Europe/Stockholm') => lastDays({ now: new Date(now), timeZone })

  it('end with today by the clock of the site, and leave no gap', () => {
    const found = days('2026-11-30T23:30:00Z')
    expect([found.length, found[0]?.date, found.at(-1)]).toEqual([
      30,
      '2026-11-02',
      {
        date: '2026-12-01',
        from: new Date('2026-11-30T23:00:00Z'),
        to: new Date('2026-12-01T23:00:00Z'),
      },
    ])
    expect(found.slice(1).every(({ from }, index) => from.getTime() === found[index]?.to.getTime())).toBe(
      true,
    )
  })

  it.each([
    ['2027-03-28', '2027-04-10T12:00:00Z', 23],
    ['2027-10-31', '2027-11-10T12:00:00Z', 25],
    ['2027-04-01', '2027-04-10T12:00:00Z', 24],
  ])('that the clocks change: %s, seen from %s, has %s hours', (date, now, hours) => {
    const day = days(now).find((found) => found.date === date)
    expect(day && (day.to.getTime() - day.from.getTime()) / 3_600_000).toBe(hours)
  })
})
