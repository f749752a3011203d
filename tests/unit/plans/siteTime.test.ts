import { describe, expect, it } from '@jest/globals'
import { isTimeZone, readSiteTime, usualTimes, whyNotPlannable } from '../../../src/plans/siteTime.ts'

const STOCKHOLM = 'Europe/Stockholm'
const read = (text: string, timeZone = STOCKHOLM) => {
  const time = readSiteTime({ text, timeZone })
  return time && { ...time, at: time.at.toISOString() }
}

describe('a planned time', () => {
  it.each([
    ['in winter', '2026-12-03T08:00', STOCKHOLM, '2026-12-03T07:00:00.000Z'],
    ['in summer', '2026-07-03T08:00', STOCKHOLM, '2026-07-03T06:00:00.000Z'],
    ['with seconds', '2026-12-03T08:00:30', STOCKHOLM, '2026-12-03T07:00:30.000Z'],
    ['elsewhere', '2026-12-03T08:00', 'America/New_York', '2026-12-03T13:00:00.000Z'],
    ['where the clock is half an hour off', '2026-12-03T08:00', 'Asia/Kolkata', '2026-12-03T02:30:00.000Z'],
    ['on the last of February', '2028-02-29T08:00', STOCKHOLM, '2028-02-29T07:00:00.000Z'],
  ])('%s goes by the clock of the site', (_, text, timeZone, at) => {
    expect(read(text, timeZone)).toEqual({ at, local: text.slice(0, 16), shift: null })
  })

  it.each([
    ['2026-12-03T07:00:00.000Z', '2026-12-03T07:00:00.000Z', '2026-12-03T08:00'],
    ['2026-12-03T08:00+01:00', '2026-12-03T07:00:00.000Z', '2026-12-03T08:00'],
    ['2026-12-03T02:00-05:00', '2026-12-03T07:00:00.000Z', '2026-12-03T08:00'],
    // Both of an hour that comes twice can be named by an offset.
    ['2027-10-31T02:30+02:00', '2027-10-31T00:30:00.000Z', '2027-10-31T02:30'],
    ['2027-10-31T02:30+01:00', '2027-10-31T01:30:00.000Z', '2027-10-31T02:30'],
  ])('with an offset is that moment: %s', (text, at, local) => {
    expect(read(text)).toEqual({ at, local, shift: null })
  })

  it('that the clocks skip is as much later', () => {
    expect(read('2027-03-28T02:30')).toEqual({
      at: '2027-03-28T01:30:00.000Z',
      local: '2027-03-28T03:30',
      shift: 'gap',
    })
    expect(read('2027-03-28T01:59')?.shift).toBeNull()
    expect(read('2027-03-28T03:00')?.shift).toBeNull()
  })

  it('that comes twice is the first', () => {
    expect(read('2027-10-31T02:30')).toEqual({
      at: '2027-10-31T00:30:00.000Z',
      local: '2027-10-31T02:30',
      shift: 'overlap',
    })
    expect([read('2027-10-31T01:59')?.shift, read('2027-10-31T03:00')?.shift]).toEqual([null, null])
  })

  it.each([
    '',
    'i morgon',
    '2026-12-03',
    '08:00',
    '2026-13-03T08:00',
    '2026-02-30T08:00',
    '2026-12-03T24:30',
    '2026-12-03T08',
    '2026-12-03 08:00',
    '2026-12-03T08:00+25:00',
    '1764745200000',
    '2026-12-03T08:00[Asia/Tokyo]',
    '+275761-01-01T00:00:00Z',
  ])('is not read from “%s”', (text) => {
    expect(read(text)).toBeNull()
  })

  it('is refused when it has passed, and when it is years away', () => {
    const now = new Date('2026-11-30T12:00:00.000Z')
    const why = (at: string) => whyNotPlannable({ at: new Date(at), now })
    expect([
      why('2026-11-30T11:59:59.999Z'),
      why('2026-11-30T12:00:00.000Z'),
      why('2026-11-30T12:00:00.001Z'),
      why('2031-11-30T12:00:00.000Z'),
      why('2031-11-30T12:00:00.001Z'),
    ]).toEqual(['past', 'past', null, null, 'too_far'])
  })
})

describe('the usual times', () => {
  const usual = (now: string, timeZone = STOCKHOLM) =>
    usualTimes({ now: new Date(now), timeZone }).map(({ local }) => local)

  it.each([
    ['on a Monday', '2026-11-30T12:00:00Z', ['2026-12-01T08:00', '2026-12-03T08:00']],
    ['on a Tuesday before eight', '2026-12-01T06:59:59Z', ['2026-12-01T08:00', '2026-12-03T08:00']],
    ['on a Tuesday at eight', '2026-12-01T07:00:00Z', ['2026-12-03T08:00', '2026-12-08T08:00']],
    ['on a Friday', '2026-12-04T12:00:00Z', ['2026-12-08T08:00', '2026-12-10T08:00']],
    [
      'when it is Monday here and Tuesday there',
      '2026-11-30T23:30:00Z',
      ['2026-12-01T08:00', '2026-12-03T08:00'],
    ],
    ['over a change of the clocks', '2027-03-26T12:00:00Z', ['2027-03-30T08:00', '2027-04-01T08:00']],
  ])('%s are the next Tuesday and Thursday at eight', (_, now, times) => {
    expect(usual(now)).toEqual(times)
  })

  it('go by the clock of the site', () => {
    const [first] = usualTimes({ now: new Date('2026-11-30T12:00:00Z'), timeZone: 'Pacific/Auckland' })
    expect(first).toEqual({ at: new Date('2026-11-30T19:00:00Z'), local: '2026-12-01T08:00', shift: null })
  })
})

describe('a time zone', () => {
  it.each([
    ['Europe/Stockholm', true],
    ['UTC', true],
    ['Europe/Stokholm', false],
    ['', false],
    ['svensk tid', false],
    ['+01:00', false],
  ])('is a name that clocks go by: %s', (name, is) => {
    expect(isTimeZone(name)).toBe(is)
  })
})
