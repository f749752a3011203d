import { describe, expect, it } from '@jest/globals'
import type { Payload } from 'payload'
import { authMail } from '../../../src/adapters/authMail.ts'
import {
  memoryMailer,
  type MemoryMailer,
  type ScriptedAnswer,
} from '../../../src/adapters/mailer/memory/memoryMailer.ts'

type Message = Parameters<ReturnType<ReturnType<typeof authMail>>['sendEmail']>[0]

const FROM = 'utskick@news.example'
const html = '<p>Välj ett nytt lösenord: <a href="https://news.example/admin/reset/abc">länken</a></p>'
const reset: Message = { from: `"Utskick" <${FROM}>`, to: 'asa@example.com', subject: 'Nytt lösenord', html }

async function submit(
  message: Message,
  {
    answers = [],
    repeatableMs,
    siteDomain = null,
  }: { answers?: ScriptedAnswer[]; repeatableMs?: number; siteDomain?: string | null } = {},
) {
  const mailer: MemoryMailer = memoryMailer({ repeatableMs })
  mailer.answerNext(...answers)
  const slept: number[] = []
  const adapter = authMail({
    mailer,
    host: 'news.example',
    siteDomain: async () => siteDomain,
    sleep: async (ms) => void slept.push(ms),
  })
  // The adapter asks Payload for nothing.
  const { sendEmail } = adapter({ payload: {} as Payload })
  const failure = await sendEmail(message).then(
    () => null,
    (error: Error & { code?: string }) => ({ code: error.code, message: error.message }),
  )
  return { mailer, slept, failure }
}

const later = (afterMs: number | null): ScriptedAnswer => ({
  kind: 'later',
  afterMs,
  problem: { code: 'rate_limit_exceeded', message: 'Not so fast.' },
})

describe('mail for a login', () => {
  it('goes by way of the mailer, with a text part made from the html', async () => {
    const { mailer, failure } = await submit(reset)
    expect([failure, mailer.mails]).toEqual([
      null,
      [
        {
          to: { email: 'asa@example.com', name: null },
          from: { email: FROM, name: 'Utskick' },
          replyTo: null,
          subject: 'Nytt lösenord',
          html,
          text: expect.stringContaining('https://news.example/admin/reset/abc'),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
          tags: {},
          messageId: null,
          feedbackId: null,
        },
      ],
    ])
  })

  it('keeps the text part that it is given', async () => {
    const { mailer } = await submit({ ...reset, text: 'Välj ett nytt.' })
    expect(mailer.mails.map(({ text }) => text)).toEqual(['Välj ett nytt.'])
  })

  it.each<[string, Message['to'], { email: string; name: string | null }[]]>([
    [
      'an address with a name',
      'Åsa Öberg <asa@example.com>',
      [{ email: 'asa@example.com', name: 'Åsa Öberg' }],
    ],
    ['an object', { address: 'asa@example.com', name: 'Åsa' }, [{ email: 'asa@example.com', name: 'Åsa' }]],
    [
      'several of them',
      ['a@example.com, b@example.com', { address: 'c@example.com' }],
      ['a', 'b', 'c'].map((name) => ({ email: `${name}@example.com`, name: null })),
    ],
  ])('to %s is a mail to each, under a key of its own', async (_, to, expected) => {
    const { mailer } = await submit({ ...reset, to })
    expect(mailer.mails.map((mail) => mail.to)).toEqual(expected)
    expect(new Set(mailer.calls.map(({ key }) => key)).size).toBe(expected.length)
  })

  it('is from the domain of the newsletter once there is one', async () => {
    const { mailer } = await submit(reset, { siteDomain: 'brev.example' })
    expect(mailer.mails.map(({ from }) => from)).toEqual([{ email: 'utskick@brev.example', name: 'Utskick' }])
  })

  it('waits a moment for a busy provider, with the same key', async () => {
    const { mailer, slept, failure } = await submit(reset, { answers: [later(2_000), later(null)] })
    expect([failure, slept, mailer.mails.length]).toEqual([null, [2_000, 1_000], 1])
    expect(new Set(mailer.calls.map(({ key }) => key)).size).toBe(1)
  })

  it('asks again when the answer was lost, where that makes no second mail', async () => {
    const { mailer, failure } = await submit(reset, { answers: [{ kind: 'lost' }] })
    expect([failure, mailer.mails.length]).toEqual([null, 1])
  })

  it.each<[string, ScriptedAnswer[], number | undefined, object]>([
    [
      'stays busy',
      [later(1_000), later(1_000), later(1_000)],
      undefined,
      { code: 'mail_rate_limit_exceeded', message: 'The mail could not be handed over: Not so fast.' },
    ],
    [
      'is busy until tomorrow',
      [later(3_600_000)],
      undefined,
      { code: 'mail_rate_limit_exceeded', message: 'The mail could not be handed over: Not so fast.' },
    ],
    [
      'refuses the key',
      [{ kind: 'refused', problem: { code: 'key_refused', message: 'Set RESEND_API_KEY.' } }],
      undefined,
      { code: 'mail_key_refused', message: 'The mail could not be handed over: Set RESEND_API_KEY.' },
    ],
    [
      'refuses the recipient',
      [{ kind: 'answered', results: [{ kind: 'rejected', code: 'smtp_550', detail: null }] }],
      undefined,
      {
        code: 'mail_rejected',
        message: 'The mail could not be handed over: the provider refuses the recipient (smtp_550).',
      },
    ],
    [
      'loses the answer where asking again could make a second mail',
      [{ kind: 'lost' }],
      0,
      {
        code: 'mail_answer_lost',
        message: 'The mail could not be handed over: The answer was lost on the way.',
      },
    ],
  ])('throws a clear error when the provider %s', async (_, answers, repeatableMs, expected) => {
    expect((await submit(reset, { answers, repeatableMs })).failure).toEqual(expected)
  })

  it('throws when nobody is to get it', async () => {
    const { mailer, failure } = await submit({ ...reset, to: undefined })
    expect([failure?.message, mailer.calls]).toEqual(['A mail needs a recipient.', []])
  })
})
