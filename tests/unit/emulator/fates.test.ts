import { describe, expect, it } from '@jest/globals'
import { FATES, fateOf, lastEventOf } from '../../../emulator/webhooks/fates.ts'

describe('the fate of a mail', () => {
  it.each([
    ['anna@lasare.se', 'delivered'],
    ['bounced@resend.dev', 'bounced'],
    ['bounced+label@resend.dev', 'bounced'],
    ['Anna <Complained+7@Resend.dev>', 'complained'],
    ['anna@suppressed.example', 'suppressed'],
    ['soft-bounced@a.se', 'soft-bounced'],
    ['bounced.anna@a.se', 'delivered'],
    ['anna+bounced@a.se', 'delivered'],
    ['anna@bounced.se', 'delivered'],
    ['constructor@a.se', 'delivered'],
    ['anna@delivered.example', 'delivered'],
  ])('to %s is %s', (address, fate) => {
    expect(fateOf([address])).toBe(fate)
  })

  it('to several is that of the first who has another than delivered', () => {
    expect(fateOf(['delivered@a.se', 'b@failed.example', 'c@bounced.example'])).toBe('failed')
  })

  it('ends with the event that GET /emails/:id tells', () => {
    expect(Object.keys(FATES).map((fate) => [fate, lastEventOf([`${fate}@resend.dev`])])).toEqual([
      ['delivered', 'delivered'],
      ['bounced', 'bounced'],
      ['soft-bounced', 'bounced'],
      ['undetermined', 'bounced'],
      ['complained', 'complained'],
      ['delayed', 'delivered'],
      ['failed', 'failed'],
      ['suppressed', 'suppressed'],
      ['silent', 'queued'],
    ])
  })
})
