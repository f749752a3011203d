import { describe, expect, it } from '@jest/globals'
import { maskEmail } from '../../../src/readers/maskEmail.ts'

describe('a masked address', () => {
  it.each([
    ['anna.berg@example.com', 'a…@example.com'],
    ['a@example.com', 'a…@example.com'],
    ['"odd@local"@example.com', '"…@example.com'],
    ['öberg@exempel.se', 'ö…@exempel.se'],
    ['info@xn--keri-poa.example', 'i…@åkeri.example'],
    ['no address', '…'],
    ['@example.com', '…'],
  ])('of %s is %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked)
  })
})
