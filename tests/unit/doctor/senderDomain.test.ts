import { describe, expect, it } from '@jest/globals'
import { checkSenderDomain } from '../../../src/doctor/checks/senderDomain.ts'
import type { Env } from '../../../src/env.ts'
import type { Dns } from '../../../src/doctor/ports.ts'

/** A name server that knows these records; a name that is null gives no answer. */
const dnsWith = (records: Record<string, string[] | null>): Dns => ({
  txt: async (name) => {
    const found = records[name]
    if (found === null) return { kind: 'unreachable' }
    return found ? { kind: 'found', records: found } : { kind: 'none' }
  },
})

const RIGHT = {
  'news.example.com': ['google-site-verification=x', 'v=spf1 include:_spf.example.net -all'],
  'send.news.example.com': ['v=spf1 include:amazonses.com ~all'],
  'resend._domainkey.news.example.com': ['p=MIGfMA0G'],
  '_dmarc.news.example.com': ['v=DMARC1; p=none; rua=mailto:x@example.com'],
}

const look = async (
  records: Record<string, string[] | null | undefined>,
  {
    mailer = 'resend',
    domain = 'news.example.com',
  }: { mailer?: Env['mailer']['kind']; domain?: string | null } = {},
) => {
  const known = Object.entries(records).filter(([, found]) => found !== undefined)
  const dns = dnsWith(Object.fromEntries(known) as Record<string, string[] | null>)
  const checks = await checkSenderDomain({ dns, domain, mailer })
  return Object.fromEntries(checks.map(({ name, status, message }) => [name, `${status}: ${message}`]))
}

describe('the doctor on the sender’s domain', () => {
  it('finds everything right', async () => {
    expect(await look(RIGHT)).toEqual({
      spf: 'ok: news.example.com has an SPF record.',
      'spf-return-path': 'ok: The SPF record of send.news.example.com names Resend’s servers.',
      dkim: 'ok: resend._domainkey.news.example.com has a key.',
      dmarc: 'ok: _dmarc.news.example.com says none.',
    })
  })

  it('finds nothing', async () => {
    expect(await look({})).toEqual({
      spf: 'ok: news.example.com has no SPF record, and needs none for Resend.',
      'spf-return-path': 'warn: send.news.example.com has no SPF record.',
      dkim: 'fail: resend._domainkey.news.example.com has no record.',
      dmarc: 'fail: news.example.com has no DMARC record: Gmail, Yahoo and Outlook ask for one.',
    })
  })

  it('blames no domain for name servers that give no answer', async () => {
    const silent = Object.fromEntries(Object.keys(RIGHT).map((name) => [name, null]))
    expect(await look(silent)).toEqual({
      spf: 'warn: DNS gave no answer about news.example.com: nothing is known of the domain.',
      'spf-return-path':
        'warn: DNS gave no answer about send.news.example.com: nothing is known of the domain.',
      dkim: 'warn: DNS gave no answer about resend._domainkey.news.example.com: nothing is known of the domain.',
      dmarc: 'warn: DNS gave no answer about _dmarc.news.example.com: nothing is known of the domain.',
    })
  })

  it.each<[string, string, string[] | undefined, string]>([
    [
      'spf',
      'news.example.com',
      ['v=spf1 -all', 'v=spf1 ~all'],
      'fail: news.example.com has more than one SPF record, so none counts.',
    ],
    [
      'spf',
      'news.example.com',
      ['v=spf10 -all'],
      'ok: news.example.com has no SPF record, and needs none for Resend.',
    ],
    [
      'spf-return-path',
      'send.news.example.com',
      ['v=spf1 include:x.example -all'],
      'warn: The SPF record of send.news.example.com does not name Resend’s servers.',
    ],
    [
      'spf-return-path',
      'send.news.example.com',
      ['v=spf1 a', 'V=SPF1 mx'],
      'fail: send.news.example.com has more than one SPF record, so none counts.',
    ],
    [
      'dkim',
      'resend._domainkey.news.example.com',
      ['v=DKIM1; k=rsa; p='],
      'fail: resend._domainkey.news.example.com has no key in its record.',
    ],
    [
      'dkim',
      'resend._domainkey.news.example.com',
      ['v=DKIM1; k=rsa; p=MIG'],
      'ok: resend._domainkey.news.example.com has a key.',
    ],
    [
      'dmarc',
      '_dmarc.news.example.com',
      ['v=DMARC1; p=none', 'v=DMARC1; p=reject'],
      'fail: _dmarc.news.example.com has more than one DMARC record, so none counts.',
    ],
    [
      'dmarc',
      '_dmarc.news.example.com',
      ['v=DMARC1; rua=mailto:x@example.com'],
      'fail: The record of _dmarc.news.example.com names no policy.',
    ],
    [
      'dmarc',
      '_dmarc.news.example.com',
      ['v=DMARC1; p=Quarantine'],
      'ok: _dmarc.news.example.com says quarantine.',
    ],
  ])('%s: %s with %j', async (check, name, records, expected) => {
    expect((await look({ ...RIGHT, [name]: records }))[check]).toBe(expected)
  })

  it.each([
    ['v=DMARC1; p=reject', 'ok: _dmarc.example.com says reject.'],
    ['v=DMARC1; p=reject; sp=none', 'ok: _dmarc.example.com says none.'],
  ])(
    'goes up to the domain above for DMARC, and takes what it says of those below: %s',
    async (record, expected) => {
      const records = { ...RIGHT, '_dmarc.news.example.com': undefined, '_dmarc.example.com': [record] }
      expect((await look(records)).dmarc).toBe(expected)
    },
  )

  it('asks an SMTP sender’s domain for its own SPF, and for no key of Resend’s', async () => {
    expect(await look({ '_dmarc.news.example.com': ['v=DMARC1;p=none'] }, { mailer: 'smtp' })).toEqual({
      spf: 'fail: news.example.com has no SPF record.',
      dmarc: 'ok: _dmarc.news.example.com says none.',
    })
  })

  it('asks nothing where no mail leaves, or no sender is set', async () => {
    expect([await look({}, { mailer: 'outbox' }), await look({}, { domain: null })]).toEqual([
      { 'sender-domain': 'ok: Not looked up: no mail leaves this machine.' },
      { 'sender-domain': 'warn: Not looked up: no sender is set.' },
    ])
  })
})
