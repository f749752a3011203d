import { describe, expect, it } from '@jest/globals'
import { isFilledByProgram, makeFormStamp } from '../../../src/limits/formGuards.ts'

const secret = 'a secret of the tests'
const at = (seconds: number) => new Date(Date.UTC(2026, 5, 1, 12, 0, seconds))
const stamp = makeFormStamp({ secret, now: at(0) })
const judge = (form: Record<string, unknown>, now = at(60)) => isFilledByProgram({ secret, form, now })

describe('a form', () => {
  it.each([
    ['ours, filled in within a minute', { website: '', stamp }],
    ['without stamp and trap, from another frontend', {}],
  ])('%s is a person’s', (_, form) => {
    expect(judge(form)).toBe(false)
  })

  it.each([
    ['with the trap filled in', { website: 'https://spam.example', stamp }],
    ['with something odd in the trap', { website: ['a'] }],
    ['with a stamp that we did not make', { website: '', stamp: `${stamp.slice(0, -1)}-` }],
    [
      'with the stamp of another site',
      { stamp: makeFormStamp({ secret: 'another secret, long', now: at(0) }) },
    ],
    ['with an empty stamp', { stamp: '' }],
    ['with a stamp that is no text', { stamp: { madeAt: 1 } }],
  ])('%s is a program’s', (_, form) => {
    expect(judge(form)).toBe(true)
  })

  it('is a program’s until two seconds after it was made, and a person’s from then on', () => {
    const answers = [0, 1, 2, 3 * 86_400].map((seconds) => judge({ stamp }, at(seconds)))
    expect(answers).toEqual([true, true, false, false])
  })
})
