import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { smtpServer } from '../../src/adapters/doctor/smtpServer.ts'
import { smtpMailer } from '../../src/adapters/mailer/smtp/smtpMailer.ts'
import type { Outcome } from '../../src/newsletter/model.ts'
import type { Mailer } from '../../src/newsletter/ports.ts'
import { mailTo } from '../support/mailOf.ts'
import { startSmtpServer, type SmtpFault, type TestSmtpServer } from '../support/smtp/startSmtpServer.ts'

let server: TestSmtpServer
let mailer: Mailer
beforeEach(async () => {
  server = await startSmtpServer()
  mailer = smtpMailer({ url: server.url })
})
afterEach(async () => {
  await mailer.close()
  await server.stop()
})

const submit = (email = 'lasare@example.com', key = `delivery-${email}`) =>
  mailer.send({ key, mails: [mailTo(email)] })
const recipients = () => server.messages.flatMap(({ to }) => to)
const ACCEPTED = { kind: 'answered', results: [{ kind: 'accepted', providerId: null }] }
const gist = (outcome: Outcome) =>
  outcome.kind === 'answered' ? outcome.results[0] : { kind: outcome.kind, code: outcome.problem.code }

describe('the smtp mailer', () => {
  it('hands each mail over with its own envelope', async () => {
    await submit('a@example.com')
    expect(server.messages.map(({ from, to }) => ({ from, to }))).toEqual([
      { from: 'brev@utskick.example', to: ['a@example.com'] },
    ])
  })

  it('takes one mail a call, so that nothing but the mail in flight is ever in doubt', async () => {
    const mails = [mailTo('a@example.com'), mailTo('b@example.com')]
    await expect(mailer.send({ key: 'two', mails })).rejects.toThrow(TypeError)
    expect([mailer.batchSize, mailer.repeatableMs, recipients()]).toEqual([1, 0, []])
  })

  it.each<[string, SmtpFault, object]>([
    [
      'a recipient who is not known',
      { at: 'RCPT', does: '550 5.1.1 No such user a@example.com here' },
      { kind: 'rejected', code: 'smtp_550', detail: '550 5.1.1 No such user …@… here' },
    ],
    [
      'a message that is refused for good',
      { at: 'DATA', does: '554 5.7.1 Looks like spam' },
      { kind: 'rejected', code: 'smtp_554_5.7.1', detail: '554 5.7.1 Looks like spam', isPolicy: true },
    ],
    [
      'a server that does not pass mail on',
      { at: 'RCPT', does: '554 5.7.1 Relay access denied' },
      { kind: 'refused', code: 'relay_refused' },
    ],
    [
      'a sender that is refused',
      { at: 'MAIL', does: '553 5.7.1 Not your address' },
      { kind: 'refused', code: 'sender_refused' },
    ],
    [
      'a server that wants a login',
      { at: 'MAIL', does: '530 5.7.0 Authentication required' },
      { kind: 'refused', code: 'key_refused' },
    ],
    [
      'a quota that is used up',
      { at: 'RCPT', does: '550 5.4.5 Daily sending quota exceeded' },
      { kind: 'refused', code: 'quota_exceeded' },
    ],
    [
      'a recipient who is to come later',
      { at: 'RCPT', does: '450 4.7.1 Greylisted' },
      { kind: 'postponed', code: 'recipient_postponed' },
    ],
    [
      'a recipient who is to come later, without an enhanced code',
      { at: 'RCPT', does: '451 Try again' },
      { kind: 'postponed', code: 'recipient_postponed' },
    ],
    [
      'a message that is to come later',
      { at: 'DATA', does: '451 4.3.0 Try again' },
      { kind: 'postponed', code: 'recipient_postponed' },
    ],
    [
      'a server that is busy',
      { at: 'MAIL', does: '450 4.7.1 Too fast' },
      { kind: 'later', code: 'server_busy' },
    ],
    [
      'a server that ends the session after the recipient',
      { at: 'RCPT', does: '421 4.7.0 Too many connections' },
      { kind: 'later', code: 'server_busy' },
    ],
    [
      'a server that shuts down',
      { at: 'MAIL', does: '421 4.3.2 Shutting down' },
      { kind: 'later', code: 'server_busy' },
    ],
    [
      'a connection that is cut before the message',
      { at: 'RCPT', does: 'cut' },
      { kind: 'later', code: 'unreachable' },
    ],
    [
      'a connection that is cut after the message',
      { at: 'DATA', does: 'cut' },
      { kind: 'unknown', code: 'answer_lost', detail: expect.stringMatching(/^smtp E/) },
    ],
  ])('meets %s, and the next mail goes', async (_, fault, expected) => {
    server.failNext(fault)
    expect(gist(await submit('a@example.com'))).toEqual(expected)
    expect(recipients()).toEqual([])
    expect(await submit('b@example.com')).toEqual(ACCEPTED)
    expect(recipients()).toEqual(['b@example.com'])
  })

  it('waits longer for the answer to the message than for any other', async () => {
    mailer = smtpMailer({ url: server.url, timeoutMs: 200 })
    server.failNext({ at: 'DATA', does: 'hold' })
    const held = server.untilHeld()
    const submitted = submit('a@example.com')
    const letGo = await held
    server.failNext({ at: 'RCPT', does: 'hang' })
    // Begun later, and given up before.
    expect(gist(await submit('b@example.com'))).toEqual({ kind: 'later', code: 'unreachable' })
    letGo()
    expect(await submitted).toEqual(ACCEPTED)
  })

  it('never sends a message a second time by itself when the connection is cut after it', async () => {
    expect(await submit('a@example.com')).toEqual(ACCEPTED)
    server.failNext({ at: 'DATA', does: 'cut' })
    expect(gist(await submit('b@example.com'))).toEqual({
      kind: 'unknown',
      code: 'answer_lost',
      detail: expect.any(String),
    })
    expect(recipients()).toEqual(['a@example.com'])
  })

  it('goes over a new connection when the old one was closed while it lay idle', async () => {
    await submit('a@example.com')
    server.cutAll()
    expect(await submit('b@example.com')).toEqual(ACCEPTED)
    expect(recipients()).toEqual(['a@example.com', 'b@example.com'])
  })

  it('is not in doubt about a server that is down, and goes on when it is up', async () => {
    await server.stop()
    expect(gist(await submit())).toEqual({ kind: 'later', code: 'unreachable' })
    server = await startSmtpServer({ port: Number(new URL(server.url).port) })
    expect(await submit()).toEqual(ACCEPTED)
  })

  it.each<[SmtpFault['at'], object]>([
    ['RCPT', { kind: 'later', code: 'unreachable' }],
    ['DATA', { kind: 'unknown', code: 'answer_lost', detail: 'smtp EABORT' }],
  ])('gives up on a server that says nothing to %s', async (at, expected) => {
    mailer = smtpMailer({ url: server.url, timeoutMs: 200, finalAnswerMs: 300 })
    server.failNext({ at, does: 'hang' })
    expect(gist(await submit())).toEqual(expected)
  })

  it('names no password when the login is refused', async () => {
    await server.stop()
    server = await startSmtpServer({ login: { user: 'utskick', password: 'right' } })
    const url = new URL(server.url)
    mailer = smtpMailer({ url: `smtp://utskick:wrong-secret@${url.host}?requireTLS=false` })
    const outcome = await submit()
    expect(outcome).toEqual({
      kind: 'refused',
      problem: { code: 'key_refused', message: expect.stringContaining('SMTP_URL') },
    })
    expect(JSON.stringify(outcome)).not.toMatch(/secret|utskick:/)
  })

  it.each(['', '?ignoreTLS=true', '?requireTLS=true'])(
    'gives no password to a server without TLS (%s)',
    async (query) => {
      await server.stop()
      server = await startSmtpServer({ login: { user: 'utskick', password: 'secret' } })
      mailer = smtpMailer({ url: `smtp://utskick:secret@${new URL(server.url).host}${query}` })
      expect(gist(await submit())).toEqual({ kind: 'refused', code: 'connection_not_secure' })
      expect([server.logins, recipients()]).toEqual([0, []])
    },
  )

  it('logs in with what the address says', async () => {
    await server.stop()
    server = await startSmtpServer({ login: { user: 'utskick@example.com', password: 'r/ght' } })
    const url = new URL(server.url)
    mailer = smtpMailer({ url: `smtp://utskick%40example.com:r%2Fght@${url.host}?requireTLS=false` })
    expect(await submit()).toEqual(ACCEPTED)
  })

  it('does not mail where the connection cannot be made safe', async () => {
    mailer = smtpMailer({ url: server.url.replace('smtp:', 'smtps:') })
    expect(gist(await submit())).toEqual({ kind: 'refused', code: 'connection_not_secure' })
    expect(recipients()).toEqual([])
  })

  it('leaves no connection open once it is closed', async () => {
    await submit()
    await mailer.close()
    expect(gist(await submit())).toEqual({ kind: 'later', code: 'unreachable' })
    await server.untilDisconnected()
  })
})

describe('the doctor at the mail server', () => {
  const tryLogin = (userInfo = '') =>
    smtpServer({ url: server.url.replace('//', `//${userInfo}`) + '?requireTLS=false' }).tryLogin()

  it('connects and logs in, and hands over nothing', async () => {
    await server.stop()
    server = await startSmtpServer({ login: { user: 'utskick', password: 'right' } })
    expect([await tryLogin('utskick:right@'), server.logins, recipients()]).toEqual([null, 1, []])
  })

  it('says what a mailing would meet', async () => {
    await server.stop()
    server = await startSmtpServer({ login: { user: 'utskick', password: 'right' } })
    expect((await tryLogin('utskick:wrong@'))?.code).toBe('key_refused')
    await server.stop()
    expect((await tryLogin())?.code).toBe('unreachable')
  })
})
