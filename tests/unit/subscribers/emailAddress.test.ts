import { describe, expect, it } from '@jest/globals'
import {
  isEmailAddress,
  normaliseEmail,
  readAddress,
  shownEmail,
} from '../../../src/subscribers/emailAddress.ts'
import { importing, refused, subscriber } from './importing.ts'

describe('an address, however it is written', () => {
  it.each([
    ['Anna@Example.COM', 'anna@example.com'],
    [' anna@example.com\u00a0', 'anna@example.com'],
    ['\uFEFFan\u200bna\u00ad@exam\u2060ple.com\u200e', 'anna@example.com'],
    ['anna@example.com\u{E0061}', 'anna@example.com'],
    ['ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'anna@example.com'],
    ['mailto:anna@example.com?subject=Hej', 'anna@example.com'],
    ['MAILTO:anna%2Bx@example.com', 'anna+x@example.com'],
    ['<anna@example.com>;', 'anna@example.com'],
    ['anna@example.com.', 'anna@example.com'],
    ['anna@example.com,', 'anna@example.com'],
    ['info@åkeri.example', 'info@xn--keri-poa.example'],
    ['INFO@ÅKERI.example', 'info@xn--keri-poa.example'],
    ['info@a\u030akeri.example', 'info@xn--keri-poa.example'],
    ['info@XN--KERI-POA.example', 'info@xn--keri-poa.example'],
    ['anna@пример.рф', 'anna@xn--e1afmkfd.xn--p1ai'],
    ['anna@münchen。de', 'anna@xn--mnchen-3ya.de'],
  ])('%j is %s', (written, email) => {
    expect([normaliseEmail(written), isEmailAddress(normaliseEmail(written))]).toEqual([email, true])
    expect(normaliseEmail(shownEmail(email))).toBe(email)
  })

  it.each([
    'åsa@example.com',
    'anna@xn--zz99999999.se',
    'anna@exa mple.com',
    'anna@',
    '@example.com',
    'anna@b@c.se',
    'a@b.se, c@d.se',
    'anna@.se',
  ])('%j is none', (written) => {
    expect(isEmailAddress(normaliseEmail(written))).toBe(false)
  })

  it('is none when it is a long text, whatever stands in it', () => {
    for (const long of ['.'.repeat(1_000_000) + 'x', `a@b.se${' '.repeat(2_000)}x`, '<'.repeat(1_000_000)])
      expect({ email: normaliseEmail(long) === long, isAddress: isEmailAddress(long) }).toEqual({
        email: true,
        isAddress: false,
      })
  })

  it('is shown as its owner writes it', () => {
    expect(shownEmail('info@xn--keri-poa.example')).toBe('info@åkeri.example')
    expect(shownEmail('xn--a@example.com')).toBe('xn--a@example.com')
  })

  it('tells the name beside it', () => {
    expect(readAddress('"Ek, Anna" <a@b.se>')).toEqual({ email: 'a@b.se', name: 'Ek, Anna' })
    expect(readAddress('Anna <a@b.se>')).toEqual({ email: 'a@b.se', name: 'Anna' })
  })

  it('is one person in a file, whatever the spelling, with the name from the address where there is no other', async () => {
    const { added, leftOut } = await importing(
      [
        'E-post;Namn',
        'Åkeriet <info@åkeri.example>;',
        'info@xn--keri-poa.example;Annan',
        'åsa@example.com;Åsa',
      ],
      { choices: { consentSource: 'form' } },
    )
    expect(added).toEqual([subscriber({ email: 'info@xn--keri-poa.example', name: 'Åkeriet' })])
    expect(leftOut).toMatchObject([
      { line: 3, kind: 'repeated', reason: 'info@åkeri.example stands in an earlier line already' },
      refused(
        4,
        '“åsa@example.com” cannot be mailed: before the @ only the letters a–z, digits and some signs work',
      ),
    ])
  })
})
