import { describe, expect, it } from '@jest/globals'
import { evidenceOf, messageOf } from '../../../src/preflight/messages.ts'
import type {
  CheckCode,
  Finding,
  Level,
  LinkAnswer,
  LocalFacts,
  RemoteFacts,
  WrittenImage,
  WrittenLink,
  WrittenText,
} from '../../../src/preflight/model.ts'
import { isPrivate } from '../../../src/preflight/rules/links.ts'
import { providerRules } from '../../../src/preflight/rules/provider.ts'
import { judgeLocally } from '../../../src/preflight/runPreflight.ts'

const text = (more: Partial<WrittenText> = {}): WrittenText => ({
  title: 'Om arbete',
  subject: 'Om arbete',
  preheader: 'En ingress',
  words: 'En text om arbete.',
  links: [],
  headings: [],
  images: [],
  files: [],
  ...more,
})
const local = (more: Partial<LocalFacts> = {}): LocalFacts => ({
  missing: [],
  recipients: { sv: 2, en: 0 },
  texts: { sv: text() },
  bytes: { sv: 20_000, en: 20_000 },
  formerSubjects: ['Något annat'],
  isTested: true,
  serverUrl: 'https://news.example.com',
  reachesPeople: true,
  ...more,
})
const remote = (more: Partial<RemoteFacts> = {}): RemoteFacts => ({
  mailer: 'resend',
  domain: 'example.com',
  key: { kind: 'full', domains: [{ name: 'Example.com', status: 'verified' }] },
  mailServer: null,
  dns: [{ name: 'spf', status: 'ok', message: 'x', remedy: null }],
  links: [],
  isWorkerSeen: true,
  lastBounces: { bounced: 1, submitted: 1000 },
  ...more,
})
const link = (url: string | null, more: Partial<WrittenLink> = {}): WrittenLink => ({
  text: 'läs mer',
  url,
  isAddress: true,
  article: null,
  ...more,
})
const image = (more: Partial<WrittenImage> = {}): WrittenImage => ({
  name: 'bild.jpg',
  hasAlt: true,
  isThere: true,
  bytes: 100_000,
  ...more,
})
const withText = (more: Partial<WrittenText>) => local({ texts: { sv: text(more) } })
const withLink = (...given: Parameters<typeof link>) => withText({ links: [link(...given)] })

const problems = (findings: Finding[]) =>
  findings
    .filter(({ level }) => level !== 'ok')
    .map(({ code, level, evidence }) => [code, level, ...evidence])

it('says nothing against a mail that is right', () => {
  expect([problems(judgeLocally(local())), problems(providerRules(remote()))]).toEqual([
    [],
    [['quota', 'not_run']],
  ])
})

describe('what a mail would go wrong for', () => {
  it.each<[string, LocalFacts, [CheckCode, Level, ...string[]][]]>([
    ['no sender', local({ missing: ['postalAddress'] }), [['sender', 'stop', 'postalAddress']]],
    ['nobody to get it', local({ recipients: { sv: 0, en: 0 } }), [['audience', 'stop', '0']]],
    [
      'readers of a language that it is not written in',
      local({ recipients: { sv: 2, en: 3 } }),
      [['language', 'warning', 'en: 3']],
    ],
    [
      'a link that is no address',
      withLink('inte en adress', { isAddress: false }),
      [['link_address', 'stop', 'läs mer → inte en adress']],
    ],
    [
      'a link into a network of one’s own',
      withLink('http://192.168.1.10/x'),
      [['link_private', 'stop', 'läs mer → http://192.168.1.10/x']],
    ],
    [
      'a link to a draft',
      withLink(null, { article: { title: 'Utkastet', isPublic: false } }),
      [['link_draft', 'stop', 'läs mer → Utkastet']],
    ],
    [
      'no link to an article that is public',
      withLink(null, { article: { title: 'Den', isPublic: true } }),
      [],
    ],
    [
      'a link without https',
      withLink('http://example.com/'),
      [['link_insecure', 'warning', 'läs mer → http://example.com/']],
    ],
    [
      'not a link to the site itself',
      local({
        serverUrl: 'http://news.corp',
        texts: { sv: text({ links: [link('http://news.corp/kontakt')] }) },
      }),
      [],
    ],
    ['not a link to a telephone', withLink('tel:+468123'), []],
    [
      'a placeholder of another system',
      withText({ words: 'Hej {{ first_name }}!' }),
      [['placeholder', 'stop', '{{ first_name }}']],
    ],
    [
      'one of Mailchimp’s in the subject',
      withText({ subject: 'Hej *|FNAME|*' }),
      [['placeholder', 'stop', '*|FNAME|*']],
    ],
    [
      'a text that was to be written',
      withText({ words: 'Lorem ipsum dolor.' }),
      [['placeholder', 'stop', 'Lorem ipsum dolor']],
    ],
    [
      'not words that look a little like one',
      withText({
        words:
          'Vi lärde oss lorem ipsum i skolan, 10 %%mer%%, {{}}. Att göra: TODO-listor, XXX, 5 % [1] [[sic]] {a} *fet* ${x}',
      }),
      [],
    ],
    ['a mail that Gmail cuts', local({ bytes: { sv: 102_401, en: 1 } }), [['size', 'stop', '101 KB']]],
    ['not one that just fits', local({ bytes: { sv: 102_400, en: 1 } }), []],
    [
      'a long subject',
      withText({ subject: 'å'.repeat(61) }),
      [['subject_length', 'warning', 'å'.repeat(61)]],
    ],
    ['not one of sixty letters', withText({ subject: '🎉'.repeat(60) }), []],
    [
      'a subject of before',
      local({ formerSubjects: [' om ARBETE '] }),
      [['subject_repeated', 'warning', 'Om arbete']],
    ],
    ['no preheader', withText({ preheader: ' ' }), [['preheader', 'warning', 'Om arbete']]],
    ['headings that jump', withText({ headings: [2, 4, 2] }), [['headings', 'warning', 'h2 → h4']]],
    ['not headings in order', withText({ headings: [2, 3, 4, 2, 3] }), []],
    ['no test', local({ isTested: false }), [['test_mail', 'warning']]],
    [
      'a picture without words',
      withText({ images: [image({ hasAlt: false })] }),
      [['image_alt', 'warning', 'bild.jpg']],
    ],
    [
      'a picture that is gone',
      withText({ images: [image({ isThere: false, hasAlt: false })] }),
      [['image_missing', 'stop', 'bild.jpg']],
    ],
    [
      'a file that is gone',
      withText({
        files: [
          { name: 'Stadgar', isThere: true },
          { name: 'Årsredovisning', isThere: false },
        ],
      }),
      [['file_missing', 'stop', 'Årsredovisning']],
    ],
    [
      'heavy pictures',
      withText({ images: [image({ bytes: 1_000_000 }), image({ name: 'b.jpg', bytes: 600_000 })] }),
      [['image_weight', 'warning', '1.6 MB']],
    ],
    [
      'not the same picture twice',
      withText({ images: [image({ bytes: 1_000_000 }), image({ bytes: 1_000_000 })] }),
      [],
    ],
    [
      'a server that nobody reaches',
      local({ serverUrl: 'http://localhost:3000' }),
      [['server_address', 'stop', 'http://localhost:3000']],
    ],
    [
      'less so where no mail goes out',
      local({ serverUrl: 'http://127.0.0.1:3000', reachesPeople: false }),
      [['server_address', 'warning', 'http://127.0.0.1:3000']],
    ],
    [
      'nothing where the mail was not made',
      local({ bytes: null, isTested: null }),
      [
        ['size', 'not_run'],
        ['test_mail', 'not_run'],
      ],
    ],
  ])('%s', (_, facts, expected) => {
    expect(problems(judgeLocally(facts))).toEqual(expected)
  })
})

describe('what neighbours say', () => {
  const answered = (url: string, answer: LinkAnswer) => remote({ links: [{ link: link(url), answer }] })
  const check = (name: string, status: 'ok' | 'warn' | 'fail', isUnknown?: true) => ({
    ...{ name, status, message: 'x', remedy: null },
    ...(isUnknown && { isUnknown }),
  })

  it.each<[string, RemoteFacts, [CheckCode, Level, ...string[]][]]>([
    ['a key that is refused', remote({ key: { kind: 'refused' } }), [['provider_key', 'stop']]],
    ['a key that may only send', remote({ key: { kind: 'restricted' } }), [['sender_domain', 'not_run']]],
    [
      'a provider that does not answer',
      remote({ key: { kind: 'unreachable' } }),
      [['provider_key', 'not_run']],
    ],
    ['or not in time', remote({ key: null }), [['provider_key', 'not_run']]],
    [
      'a domain that is not verified',
      remote({ domain: 'other.example' }),
      [['sender_domain', 'stop', 'other.example']],
    ],
    ['no domain', remote({ domain: null }), [['sender_domain', 'not_run']]],
    [
      'records that are missing',
      remote({ dns: [check('spf', 'ok'), check('dkim', 'fail'), check('dmarc', 'warn')] }),
      [
        ['dkim', 'warning', 'example.com'],
        ['dmarc', 'warning', 'example.com'],
      ],
    ],
    [
      'one of two',
      remote({ dns: [check('spf', 'ok'), check('spf-return-path', 'warn')] }),
      [['spf', 'warning', 'example.com']],
    ],
    [
      'a name server that is silent',
      remote({ dns: [check('dkim', 'warn', true)] }),
      [['dkim', 'not_run', 'example.com']],
    ],
    [
      'a page that is gone',
      answered('https://example.com/x', { kind: 'answered', status: 404 }),
      [['links_answer', 'warning', 'läs mer → https://example.com/x (404)']],
    ],
    [
      'a page that does not answer',
      remote({
        links: [
          { link: link('https://example.com/x'), answer: { kind: 'silent' } },
          { link: link('https://example.com/y'), answer: { kind: 'answered', status: 200 } },
        ],
      }),
      [['links_answer', 'warning', 'läs mer → https://example.com/x (silent)']],
    ],
    ['no page that is there', answered('https://example.com/x', { kind: 'answered', status: 399 }), []],
    [
      'no link that answers: this server reaches none',
      answered('https://example.com/x', { kind: 'silent' }),
      [['links_answer', 'not_run']],
    ],
    [
      'a link that nobody waited for',
      remote({
        links: [
          { link: link('https://example.com/x'), answer: null },
          { link: link('https://example.com/y'), answer: { kind: 'answered', status: 200 } },
        ],
      }),
      [['links_answer', 'not_run']],
    ],
    [
      'name servers that do not answer in time',
      remote({ dns: null }),
      [
        ['spf', 'not_run'],
        ['dkim', 'not_run'],
        ['dmarc', 'not_run'],
      ],
    ],
    ['no worker', remote({ isWorkerSeen: false }), [['worker', 'warning']]],
    [
      'many bounces',
      remote({ lastBounces: { bounced: 31, submitted: 1000 } }),
      [['bounces', 'warning', '3.1 %']],
    ],
    ['nothing told', remote({ lastBounces: null }), [['bounces', 'not_run']]],
  ])('%s', (_, facts, expected) => {
    expect(problems(providerRules(facts)).filter(([code]) => code !== 'quota')).toEqual(expected)
  })

  it('over SMTP: the server’s own words', () => {
    const problem = { code: 'smtp_login', message: 'The server refuses the login.' }
    expect(
      [{ problem }, { problem: null }, null].map((mailServer) =>
        problems(providerRules(remote({ mailer: 'smtp', mailServer }))),
      ),
    ).toEqual([[['mail_server', 'stop', problem.message]], [], [['mail_server', 'not_run']]])
  })

  it.each(['unreachable', 'server_busy'])('over SMTP: %s passes by itself, and stops nothing', (code) => {
    const mailServer = { problem: { code, message: 'Not now.' } }
    expect(problems(providerRules(remote({ mailer: 'smtp', mailServer })))).toEqual([
      ['mail_server', 'warning', 'Not now.'],
    ])
  })

  it('into the outbox: nobody is asked', () => {
    const facts = remote({ mailer: 'outbox', key: null, dns: [] })
    expect(providerRules(facts).map(({ code }) => code)).toEqual(['links_answer', 'worker', 'bounces'])
  })
})

it.each([
  ['http://localhost/', true],
  ['http://intranet/sida', true],
  ['https://nas.local/', true],
  ['https://wiki.corp/', true],
  ['http://10.0.0.1/', true],
  ['http://172.20.1.1:8080/', true],
  ['http://169.254.169.254/latest', true],
  ['http://100.64.0.1/', true],
  ['http://0.0.0.0/', true],
  ['http://2130706433/', true],
  ['http://0x7f.1/', true],
  ['http://[::1]/', true],
  ['http://[::ffff:10.0.0.1]/', true],
  ['http://[fd00::1]/', true],
  ['http://[fe80::1]/', true],
  ['https://example.com/', false],
  ['https://8.8.8.8/', false],
  ['https://[2606:4700::1111]/', false],
  ['mailto:anna@intranet', false],
])('%s is private: %s', (url, expected) => {
  expect(isPrivate(url)).toBe(expected)
})

it('has a sentence for everything that it can find, in both languages', () => {
  const findings = [
    ...judgeLocally(local()),
    ...providerRules(remote()),
    ...providerRules(remote({ mailer: 'smtp' })),
  ]
  for (const { code } of findings)
    for (const locale of ['sv', 'en'] as const)
      for (const level of ['stop', 'warning', 'not_run'] as const) {
        if (code === 'quota' && level !== 'not_run') continue
        expect({ code, locale, level, message: messageOf({ code, level }, locale) }).toEqual({
          ...{ code, locale, level },
          message: expect.stringMatching(/^[A-ZÅÄÖ].*[.]$/),
        })
      }
  expect(evidenceOf({ code: 'links_answer', evidence: ['x → y (silent)', 'x → y (404)'] }, 'sv')).toEqual([
    'x → y (inget svar)',
    'x → y (404)',
  ])
  expect(evidenceOf({ code: 'sender', evidence: ['postalAddress'] }, 'sv')).toEqual(['postadress'])
})
