import { describe, expect, it } from '@jest/globals'
import { checkClock } from '../../../src/doctor/checks/clock.ts'
import { checkDatabase, checkMigrations } from '../../../src/doctor/checks/database.ts'
import { checkKey, checkMailer, checkMailServer, checkWebhook } from '../../../src/doctor/checks/mailer.ts'
import { checkSecret } from '../../../src/doctor/checks/secret.ts'
import {
  checkEnvironment,
  checkProxies,
  checkServerUrl,
  checkUsers,
} from '../../../src/doctor/checks/setup.ts'
import { checkSite } from '../../../src/doctor/checks/site.ts'
import { checkDue, checkEvents, checkSweep, checkWorker } from '../../../src/doctor/checks/worker.ts'
import { loginRefused } from '../../../src/adapters/mailer/smtp/problems.ts'
import type { Check } from '../../../src/doctor/model.ts'
import { namesOfSetVariables } from '../../../src/env.ts'
import type { KeyAnswer } from '../../../src/doctor/ports.ts'

const NOW = new Date('2026-11-25T10:00:00.000Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)
const told = ({ status, message }: Check) => [status, message]

describe('the doctor on the setup', () => {
  it('knows our variables that are set, by name alone', () => {
    expect(namesOfSetVariables({ PORT: '', HOME: '/x', MAILER: 'smtp', SMTP_URL: 'smtp://u:p@h' })).toEqual([
      'MAILER',
      'SMTP_URL',
    ])
  })

  it('names the variables that are set', () => {
    expect(told(checkEnvironment({ variables: ['MAILER', 'PORT'] }))).toEqual(['ok', 'Set: MAILER, PORT.'])
  })

  it.each([
    [
      'https://news.example.com',
      0,
      [
        'warn',
        'SERVER_URL is https, which something in front of this server speaks, and TRUSTED_PROXIES is 0: all readers share one limit for forms.',
      ],
    ],
    ['https://news.example.com', 1, ['ok', '1 proxy in front is believed about who calls.']],
    ['http://localhost:3000', 0, ['ok', 'No proxy is expected in front.']],
  ])('looks for a proxy in front of %s that is not known: %i', (serverUrl, trustedProxies, expected) => {
    expect(told(checkProxies({ serverUrl, trustedProxies }))).toEqual(expected)
  })

  it('says that nobody can log in yet, and how somebody will', () => {
    const serverUrl = 'https://news.example.com'
    expect(told(checkUsers({ hasUsers: true, serverUrl }))).toEqual(['ok', 'Somebody can log in.'])
    expect(checkUsers({ hasUsers: false, serverUrl })).toEqual({
      name: 'users',
      status: 'warn',
      message: 'There is no user yet: nobody can log in.',
      remedy:
        'Register the first one at https://news.example.com/admin with the setup code that the server prints when it starts, or run npm run cli -- create-user.',
    })
  })

  it('says what no longer works with another secret', () => {
    expect([told(checkSecret({ isChanged: false })), told(checkSecret({ isChanged: true }))]).toEqual([
      ['ok', 'PAYLOAD_SECRET is the one that this database knows.'],
      [
        'fail',
        'PAYLOAD_SECRET is not the one that this database was filled with: links in mails sent before do not work, also those for leaving, and addresses that were erased or suppressed are not recognised by imports and forms.',
      ],
    ])
  })

  it.each([
    ['https://news.example.com', 'ok'],
    ['http://news.example.com', 'fail'],
    ['http://localhost:3000', 'warn'],
    ['https://localhost', 'warn'],
    ['http://127.0.0.1:3000', 'warn'],
    ['http://[::1]:3000', 'warn'],
  ])('takes SERVER_URL %s for %s', (serverUrl, status) => {
    expect(checkServerUrl({ serverUrl }).status).toBe(status)
  })

  it('says whether the database answers and is up to date', () => {
    expect([
      told(checkDatabase({ kind: 'sqlite', isOk: true })),
      told(checkDatabase({ kind: 'mongodb', isOk: false })),
      told(checkMigrations({ kind: 'sqlite', waiting: [] })),
      told(checkMigrations({ kind: 'sqlite', waiting: ['20261125_x'] })),
      told(checkMigrations({ kind: 'mongodb', waiting: [] })),
    ]).toEqual([
      ['ok', 'SQLite answers.'],
      ['fail', 'MongoDB does not answer.'],
      ['ok', 'The database is up to date.'],
      ['warn', 'The database waits for: 20261125_x.'],
      ['ok', 'MongoDB needs none; indexes are made at the start.'],
    ])
  })

  it('names the settings that are missing', () => {
    const site = { senderName: 'Lövhaga', senderEmail: 'brev@example.com', postalAddress: 'Gatan 1' }
    expect([
      told(checkSite({ site })),
      told(checkSite({ site: { ...site, senderName: ' ', postalAddress: '' } })),
      told(checkSite({ site: { ...site, senderEmail: ' Utskick@example.com' } })),
    ]).toEqual([
      ['ok', 'The sender and the postal address are set.'],
      ['fail', 'Missing: the sender’s name, the postal address. No newsletter is sent without.'],
      ['warn', 'Newsletters come from Utskick@example.com, the address of all other mails.'],
    ])
  })
})

describe('the doctor on the worker', () => {
  it.each([
    [10, null, 'ok', 'A worker was seen last 10 s ago.'],
    [10, 300, 'ok', 'A worker was seen last 10 s ago.'],
    [300, null, 'warn', 'A worker was seen last 5 min ago.'],
    [300, 300, 'fail', 'A worker was seen last 5 min ago, and something is due.'],
    [null, null, 'warn', 'No worker has been seen.'],
    [null, 300, 'fail', 'No worker has been seen, and something is due.'],
  ])('seen %p s ago, with a row that is due since %p s: %s', (seen, due, status, message) => {
    const pulse = {
      workerSeenAt: seen === null ? null : ago(seen),
      oldestDueAt: due === null ? null : ago(due),
    }
    expect(told(checkWorker({ pulse, now: NOW }))).toEqual([status, message])
  })

  it.each([
    [null, 'ok', 'Nothing waits.'],
    [60, 'ok', 'The oldest row has been due since 2026-11-25T09:59:00.000Z.'],
    [120, 'warn', 'The oldest row has been due since 2026-11-25T09:58:00.000Z.'],
  ])('with a row that is due since %p s: %s', (due, status, message) => {
    const pulse = { workerSeenAt: NOW, oldestDueAt: due === null ? null : ago(due) }
    expect(told(checkDue({ pulse, now: NOW }))).toEqual([status, message])
  })

  it.each([
    [0, null, 0, 'ok', 'No event of the provider waits.'],
    [7, 3, 0, 'ok', '7 of the provider’s events wait; the oldest came 3 s ago.'],
    [7, 600, 0, 'warn', '7 of the provider’s events wait; the oldest came 10 min ago.'],
    [7, 3, 2, 'warn', '2 of the provider’s events could not be applied and are set aside.'],
  ])(
    'with %i events that wait, since %p s, and %i set aside: %s',
    (waiting, since, setAside, status, message) => {
      const queue = { waiting, setAside, oldestReceivedAt: since === null ? null : ago(since) }
      expect(told(checkEvents({ queue, now: NOW }))).toEqual([status, message])
    },
  )

  it.each([
    [null, 'warn', 'Old personal data has not been removed yet.'],
    [3_600, 'ok', 'Old personal data was removed last 60 min ago.'],
    [172_800, 'warn', 'Old personal data was removed last 2 days ago.'],
  ])('swept %p s ago: %s', (swept, status, message) => {
    const lastSweptAt = swept === null ? null : ago(swept)
    expect(told(checkSweep({ lastSweptAt, now: NOW }))).toEqual([status, message])
  })
})

describe('the doctor on the mailer', () => {
  it.each([
    ['outbox', 'warn'],
    ['resend', 'ok'],
    ['smtp', 'ok'],
  ] as const)('%s: %s', (mailer, status) => {
    expect(checkMailer({ mailer }).status).toBe(status)
  })

  const full = (status: string): KeyAnswer => ({ kind: 'full', domains: [{ name: 'Example.com', status }] })
  it.each<[KeyAnswer, string, string | null, string]>([
    [full('verified'), 'ok', 'example.com', 'Resend takes the key, and example.com is verified there.'],
    [
      full('pending'),
      'fail',
      'example.com',
      'Resend takes the key, but example.com is not verified there: pending.',
    ],
    [full('verified'), 'fail', 'other.com', 'Resend takes the key, but does not know other.com.'],
    [full('verified'), 'ok', null, 'Resend takes the key.'],
    [
      { kind: 'restricted' },
      'ok',
      'example.com',
      'Resend takes the key, which may only send: it does not tell which domains are verified.',
    ],
    [{ kind: 'refused' }, 'fail', 'example.com', 'Resend refuses the key.'],
    [{ kind: 'limited' }, 'warn', 'example.com', 'Resend asks to be called less often.'],
    [{ kind: 'unreachable' }, 'warn', 'example.com', 'Resend cannot be reached from here.'],
    [{ kind: 'strange' }, 'warn', 'example.com', 'What answered does not answer as Resend does.'],
  ])('an answer %j about the key: %s', (answer, status, domain, message) => {
    expect(told(checkKey({ answer, domain }))).toEqual([status, message])
  })

  it('says what a mailing would meet at the mail server, and what to do', () => {
    expect([
      checkMailServer({ problem: null }),
      checkMailServer({ problem: loginRefused('535 5.7.8') }),
    ]).toEqual([
      {
        ...{ name: 'mail-server', status: 'ok', remedy: null },
        message: 'The server of SMTP_URL takes the connection and the login.',
      },
      {
        ...{ name: 'mail-server', status: 'fail' },
        message: 'The SMTP server refuses the login (535 5.7.8).',
        remedy: 'Put the right user and password into SMTP_URL.',
      },
    ])
  })

  it.each([
    ['smtp', false, null, 'ok', 'Only Resend tells what became of a mail.'],
    [
      'resend',
      false,
      null,
      'warn',
      'RESEND_WEBHOOK_SECRET is not set: nothing is known of what is delivered or bounces.',
    ],
    ['resend', true, null, 'warn', 'No event has been received.'],
    ['resend', true, 7_200, 'ok', 'The last event was received 2 h ago.'],
  ] as const)(
    '%s, a secret: %p, an event %p s ago: %s',
    (mailer, hasWebhookSecret, event, status, message) => {
      const lastEventAt = event === null ? null : ago(event)
      expect(told(checkWebhook({ mailer, hasWebhookSecret, lastEventAt, now: NOW }))).toEqual([
        status,
        message,
      ])
    },
  )
})

describe('the doctor on the clock', () => {
  const reading = (seconds: number) => ({
    source: 'Resend',
    theirs: NOW,
    askedAt: ago(1 - seconds),
    answeredAt: ago(-1 - seconds),
  })
  it.each([
    [0, 'ok', 'The clock goes with that of Resend.'],
    [5, 'ok', 'The clock is 5 s ahead of that of Resend.'],
    [6, 'warn', 'The clock is 6 s ahead of that of Resend.'],
    [-90, 'warn', 'The clock is 90 s behind that of Resend.'],
  ])('%p s off: %s', (seconds, status, message) => {
    expect(told(checkClock({ readings: [reading(seconds)] }))).toEqual([status, message])
  })

  it('tells of the one that is wrong', () => {
    const mongo = { ...reading(20), source: 'MongoDB' }
    expect(told(checkClock({ readings: [reading(0), mongo] }))).toEqual([
      'warn',
      'The clock is 20 s ahead of that of MongoDB.',
    ])
  })

  it('has nothing to say without another clock', () => {
    expect(told(checkClock({ readings: [] }))).toEqual(['ok', 'There is no other clock to compare with.'])
  })
})
