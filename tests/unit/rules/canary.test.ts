import { describe, expect, it } from '@jest/globals'
import { canaryProblem, canarySize } from '../../../src/newsletter/rules/canary.ts'
import { drawCanary, isDrawn } from '../../../src/newsletter/rules/drawCanary.ts'
import { newLinkKey } from '../../../src/newsletter/rules/readerToken.ts'

it.each([
  ['a share', 4_000, 10, 400],
  ['a share, rounded up', 4_001, 10, 401],
  ['500 at most', 5_001, 10, 500],
  ['500 at most, however many there are', 1_000_000, 50, 500],
  ['20 at least', 100, 10, 20],
  ['nothing of an audience under twice its size', 39, 10, 0],
  ['half an audience at most', 40, 10, 20],
  ['half an audience at most, also by its share', 401, 50, 0],
  ['nothing of nobody', 0, 10, 0],
])('a canary has %s: of %i people, %i %%: %i', (_, audience, percent, size) => {
  expect(canarySize({ audience, percent })).toBe(size)
})

describe('a draw', () => {
  const keys = Array.from({ length: 20_000 }, newLinkKey)
  const countOf = (draw: Parameters<typeof isDrawn>[1]) => keys.filter((key) => isDrawn(key, draw)).length

  it.each([
    [2_000, 20_000],
    [500, 20_000],
    [10_000, 20_000],
  ])('takes about %i of %i', (size, audience) => {
    const count = countOf(drawCanary({ campaignId: '7', size, audience }))
    // Six times what chance makes of it.
    const chance = Math.sqrt(size * (1 - size / audience))
    expect(Math.abs(count - size)).toBeLessThan(6 * chance)
  })

  it('of a campaign is the same each time, and another one for other campaigns', () => {
    const drawOf = (campaignId: string) => drawCanary({ campaignId, size: 1, audience: 10 })
    const offsets = Array.from({ length: 100 }, (_, id) => drawOf(String(id)).offset)
    expect(drawOf('7')).toEqual(drawOf('7'))
    expect([Math.min(...offsets), Math.max(...offsets), new Set(offsets).size > 15]).toEqual([0, 18, true])
  })

  it('takes few who were in the one before', () => {
    const [one, other] = [1, 9].map((offset) => ({ offset, threshold: '199999' }))
    const both = keys.filter((key) => one && other && isDrawn(key, one) && isDrawn(key, other))
    expect(both.length).toBeLessThan(400)
  })

  it.each([null, undefined, ''])('takes nobody without a key (%j)', (key) => {
    expect(isDrawn(key, { offset: 0, threshold: 'ffffff' })).toBe(false)
  })

  it('looks at the characters from its offset on', () => {
    const draw = { offset: 2, threshold: '800000' }
    expect([isDrawn('ff7fffffffff', draw), isDrawn('008000000000', draw)]).toEqual([true, false])
  })
})

const codeOf = (submitted: number, bounced: number, complained: number) =>
  canaryProblem({ submitted, bounced, complained })?.code ?? null

it.each([
  [500, 20, 0, null],
  [500, 21, 0, 'canary_bounced'],
  [500, 0, 1, null],
  [500, 0, 2, 'canary_complained'],
  [500, 21, 2, 'canary_complained'],
  [20, 2, 1, null],
  [20, 3, 0, 'canary_bounced'],
  [20, 0, 2, 'canary_complained'],
  [0, 0, 0, null],
])(
  'of %i first mails, %i bounced and %i complained about, it says %s',
  (submitted, bounced, complained, code) => {
    expect(codeOf(submitted, bounced, complained)).toBe(code)
  },
)

it('says how many, and the remedy', () => {
  expect(canaryProblem({ submitted: 100, bounced: 9, complained: 0 })?.message).toBe(
    '9 of the first 100 mails bounced, and the rest was not mailed: above 4 % providers stop a sender. Look at where these addresses came from, then resume, which mails the rest, or cancel.',
  )
})
