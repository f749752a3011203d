import { expect, it } from '@jest/globals'
import { answerLink } from '../../../src/admin/contact/answerLink.ts'

const message = { email: 'anna+b@example.com', message: 'Hej!\nHur & när?', locale: 'sv' } as const

it('opens a letter to the person, with what they wrote', () => {
  expect(answerLink(message)).toBe(
    'mailto:anna%2Bb@example.com?subject=Sv%3A%20Ditt%20meddelande%20till%20oss' +
      '&body=%0D%0A%0D%0A%3E%20Hej!%0D%0A%3E%20Hur%20%26%20n%C3%A4r%3F',
  )
})

it('speaks the person’s language, and lets nothing of theirs add a header', () => {
  const link = new URL(
    answerLink({ ...message, email: 'a?bcc=x@example.com', locale: 'en', message: '&cc=y@example.com' }),
  )
  expect([link.pathname, [...link.searchParams.keys()], link.searchParams.get('subject')]).toEqual([
    'a%3Fbcc%3Dx@example.com',
    ['subject', 'body'],
    'Re: Your message to us',
  ])
})

it('quotes no more of a long message than an address holds', () => {
  const link = new URL(answerLink({ ...message, message: 'x'.repeat(5_000) }))
  expect(link.searchParams.get('body')).toBe(`\r\n\r\n> ${'x'.repeat(1_000)} …`)
})
