import { describe, expect, it } from '@jest/globals'
import { classifyFailure, type SendFailure } from '../../../src/adapters/mailer/smtp/classifyFailure.ts'
import { classifyReply } from '../../../src/adapters/mailer/smtp/classifyReply.ts'
import type { Outcome } from '../../../src/newsletter/model.ts'

const gist = (meaning: Outcome) => {
  if (meaning.kind !== 'answered') return `${meaning.kind} ${meaning.problem.code}`
  const [result] = meaning.results
  const policy = result?.kind === 'rejected' && result.isPolicy ? ' by policy' : ''
  return `${result?.kind} ${result && 'code' in result ? result.code : ''}${policy}`
}

describe('a refusing reply', () => {
  it.each([
    ['CONN', '421 4.3.2 Too many connections', 'later server_busy'],
    ['CONN', '554 No SMTP service here', 'refused call_refused'],
    ['EHLO', '550 Bad HELO', 'refused call_refused'],
    ['STARTTLS', '502 Not implemented', 'refused connection_not_secure'],
    ['STARTTLS', '454 TLS not available just now', 'later server_busy'],
    ['AUTH PLAIN', '535 5.7.8 Bad credentials', 'refused key_refused'],
    ['AUTH LOGIN', '454 4.7.0 Temporary authentication failure', 'later server_busy'],
    ['MAIL FROM', '530 5.7.0 Must issue STARTTLS or log in', 'refused key_refused'],
    ['MAIL FROM', '550 5.7.60 Not allowed to send as this sender', 'refused sender_refused'],
    ['MAIL FROM', '452 4.3.1 Insufficient storage', 'later server_busy'],
    ['RCPT TO', '530 5.7.1 Authentication required', 'refused key_refused'],
    ['RCPT TO', '554 5.7.1 <a@example.com>: Relay access denied', 'refused relay_refused'],
    ['RCPT TO', '550 relay not permitted', 'refused relay_refused'],
    ['RCPT TO', '550 5.7.54 SMTP; Unable to relay recipient', 'refused relay_refused'],
    ['RCPT TO', '550 5.4.5 Daily user sending quota exceeded', 'refused quota_exceeded'],
    ['RCPT TO', '550 5.1.1 No such user', 'rejected smtp_550'],
    ['RCPT TO', '552 5.2.2 Mailbox over quota', 'rejected smtp_552'],
    ['RCPT TO', '550 No such user', 'rejected smtp_550 by policy'],
    ['RCPT TO', '550 5.1.8 Bad sender domain', 'rejected smtp_550_5.1.8 by policy'],
    ['RCPT TO', '450 4.2.1 Receiving mail too quickly', 'postponed recipient_postponed'],
    ['RCPT TO', '451 4.1.2 Domain not found just now', 'postponed recipient_postponed'],
    ['RCPT TO', '450 4.7.1 Greylisted', 'postponed recipient_postponed'],
    ['RCPT TO', '450 Mailbox busy', 'postponed recipient_postponed'],
    ['RCPT TO', '421 4.7.0 Too many connections', 'later server_busy'],
    ['DATA', '554 5.7.1 Spam', 'rejected smtp_554_5.7.1 by policy'],
    ['DATA', '552 5.3.4 Too big', 'rejected smtp_552_5.3.4 by policy'],
    ['DATA', '451 4.3.0 Try again', 'postponed recipient_postponed'],
    ['DATA', '452 Insufficient storage', 'postponed recipient_postponed'],
    ['DATA', '421 Shutting down', 'later server_busy'],
  ])('to %s of “%s” is %s', (command, text, expected) => {
    expect(gist(classifyReply({ status: Number(text.slice(0, 3)), text, command }))).toBe(expected)
  })

  it('is kept with the words of the server, on one line, without the address', () => {
    const text = '550-5.1.1 The account a@example.com\n550 5.1.1 does not exist'
    expect(classifyReply({ status: 550, text, command: 'RCPT TO' })).toEqual({
      kind: 'answered',
      results: [
        {
          kind: 'rejected',
          code: 'smtp_550',
          detail: '550-5.1.1 The account …@… 550 5.1.1 does not exist',
        },
      ],
    })
  })

  it('shows staff its codes and not its words', () => {
    const text = '554 5.7.1 <a@example.com>: Relay access denied'
    const meaning = classifyReply({ status: 554, text, command: 'RCPT TO' })
    expect(meaning).toEqual({
      kind: 'refused',
      problem: {
        code: 'relay_refused',
        message:
          'The SMTP server does not pass mail on for us (554 5.7.1). Put a user and a password into SMTP_URL, or allow this machine on the server.',
      },
    })
  })
})

describe('a failure without a reply', () => {
  it.each<[SendFailure, string, string]>([
    [{ code: 'EDNS', originalCode: 'ENOTFOUND' }, 'later unreachable', 'unknown answer_lost'],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'later unreachable', 'unknown answer_lost'],
    [{ code: 'ECONNECTION', command: 'CONN' }, 'later unreachable', 'unknown answer_lost'],
    [{ code: 'ETIMEDOUT' }, 'later unreachable', 'unknown answer_lost'],
    [{ code: 'EABORT' }, 'later unreachable', 'unknown answer_lost'],
    [{}, 'later unreachable', 'unknown answer_lost'],
    [{ code: 'EPROTOCOL', responseCode: 250 }, 'later unreachable', 'unknown answer_lost'],
    [{ code: 'EAUTH', command: 'API' }, 'refused key_refused', 'unknown answer_lost'],
    [{ code: 'ETLS' }, 'refused connection_not_secure', 'unknown answer_lost'],
    [
      { code: 'ESOCKET', originalCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      'refused connection_not_secure',
      'unknown answer_lost',
    ],
    [{ code: 'EENVELOPE', command: 'API' }, 'rejected address_invalid', 'unknown answer_lost'],
  ])('%j is %s before the message and %s after it', (failure, before, after) => {
    const meanings = [false, true].map((hasBegun) => gist(classifyFailure({ failure, hasBegun })))
    expect(meanings).toEqual([before, after])
  })
})
