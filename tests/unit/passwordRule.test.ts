import { describe, expect, it } from '@jest/globals'
import { findPasswordProblem } from '../../src/accounts/passwordRule.ts'

const about = ['Anna Bergström', 'anna.bergstrom@example.com']

describe('a new password', () => {
  it.each([
    ['hej', 'short'],
    ['', 'short'],
    ['elevenchars', 'short'],
    ['åäöåäöåäöåä', 'short'],
    ['x'.repeat(129), 'long'],
    ['123456789012', 'common'],
    ['password1234', 'common'],
    ['Password1234!', 'common'],
    ['P@ssw0rd1234', 'common'],
    ['passwordpassword', 'common'],
    ['PASSWORDPASSWORD', 'common'],
    ['qwertyuiop123', 'common'],
    ['1q2w3e4r5t6y', 'common'],
    ['aaaaaaaaaaaa', 'common'],
    ['abcabcabcabc', 'common'],
    ['iloveyou1234', 'common'],
    ['letmeinletmein', 'common'],
    ['welcome12345', 'common'],
    ['administrator', 'common'],
    ['lösenord1234', 'common'],
    ['Utskick12345', 'common'],
    ['bergstrom123', 'common'],
    ['Stockholm2026', 'common'],
    ['  password1234  ', 'common'],
    ['Bergström1234', 'common'],
    ['anna.bergstrom@example.com', 'common'],
    ['x'.repeat(128), 'common'],
    ['a password of the tests', null],
    ['kaffe på berget i regn', null],
    ['correct horse battery staple', null],
    ['jX9vQ2mLp0aZ', null],
    ['żółw i jaszczurka', null],
  ])('%s: %s', async (password, problem) => {
    expect(await findPasswordProblem({ password, about })).toBe(problem)
  })
})
