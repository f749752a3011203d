import { describe, expect, it } from '@jest/globals'
import { pickLocale } from '../../../src/app/(site)/_text/pickLocale.ts'

describe('the language that suits a browser', () => {
  it.each([
    [null, 'sv'],
    ['', 'sv'],
    ['sv', 'sv'],
    ['en-US', 'en'],
    ['EN-gb', 'en'],
    ['de-DE,de;q=0.9', 'sv'],
    ['de,en;q=0.3', 'en'],
    ['en;q=0.4,sv;q=0.8', 'sv'],
    ['en, sv', 'en'],
    ['en;q=0,*;q=0.5', 'sv'],
    ['*', 'sv'],
    ['en;q=much', 'sv'],
    ['english', 'sv'],
    [';;;,q=1,,', 'sv'],
  ])('for “%s” is %s', (header, locale) => {
    expect(pickLocale(header)).toBe(locale)
  })
})
