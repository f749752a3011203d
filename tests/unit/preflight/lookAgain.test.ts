import { describe, expect, it } from '@jest/globals'
import { lookAgain, type SecondLookPorts } from '../../../src/preflight/lookAgain.ts'
import type { LocalFacts } from '../../../src/preflight/model.ts'

const facts = (title = 'Om arbete'): LocalFacts => ({
  missing: ['senderName'],
  recipients: { sv: 0, en: 0 },
  texts: {
    sv: {
      title,
      subject: title,
      preheader: 'x',
      words: 'En text.',
      links: [],
      headings: [],
      images: [],
      files: [],
    },
  },
  bytes: null,
  formerSubjects: [],
  isTested: null,
  serverUrl: 'https://news.example.com',
  reachesPeople: true,
})
const ports = (more: Partial<SecondLookPorts> = {}): SecondLookPorts => ({
  readPublicFacts: async () => facts(),
  readSender: async () => ({ mailer: 'resend', domain: 'example.com' }),
  readPassed: async () => [],
  askProvider: async () => ({ kind: 'full', domains: [{ name: 'example.com', status: 'verified' }] }),
  tryMailServer: null,
  inTime: async (answer) => answer,
  ...more,
})
const WAY_OUT = 'Mend it, then publish the article again or resume the campaign.'
const SMALL = { sv: 20_000, en: 20_000 }
const look = (more: Partial<SecondLookPorts> = {}, bytes = SMALL) =>
  lookAgain(ports(more), { campaignId: '1', articleId: '1', bytes })

describe('the look before anybody is mailed', () => {
  it('says nothing of what is settled elsewhere: the settings, and that nobody would get it', async () => {
    expect(await look()).toBeNull()
  })

  it.each<[string, Partial<SecondLookPorts>, { sv: number; en: number }, string, string]>([
    [
      'a text with a placeholder',
      { readPublicFacts: async () => facts('Hej {{namn}}') },
      SMALL,
      'stopped_by_placeholder',
      'A placeholder is left in the text. Replace it with what should stand there. ({{namn}})',
    ],
    [
      'a mail that Gmail cuts',
      {},
      { sv: 102_401, en: 1 },
      'stopped_by_size',
      'The mail is larger than 102 KB: Gmail then hides its end, where the link to unsubscribe is. Shorten the text. (101 KB)',
    ],
    [
      'a key that is refused',
      { askProvider: async () => ({ kind: 'refused' }) },
      SMALL,
      'stopped_by_provider_key',
      'The provider refuses the key. Make a new one and set RESEND_API_KEY to it.',
    ],
    [
      'a domain that is not verified',
      { askProvider: async () => ({ kind: 'full', domains: [] }) },
      SMALL,
      'stopped_by_sender_domain',
      'The sender’s domain is not verified with the provider. Verify it there, or change the sender’s address. (example.com)',
    ],
    [
      'a mail server that refuses the login',
      {
        readSender: async () => ({ mailer: 'smtp', domain: 'example.com' }),
        askProvider: null,
        tryMailServer: async () => ({ code: 'key_refused', message: '535 no.' }),
      },
      SMALL,
      'stopped_by_mail_server',
      'The mail server takes no mail. (535 no.)',
    ],
  ])('stops at %s', async (_, more, bytes, code, message) => {
    expect(await look(more, bytes)).toEqual({ code, message: `${message} ${WAY_OUT}` })
    const check = code.replace('stopped_by_', '')
    expect(await look({ ...more, readPassed: async () => [check] }, bytes)).toBeNull()
    expect((await look({ ...more, readPassed: async () => ['link_draft'] }, bytes))?.code).toBe(code)
  })

  it('tells of all that stops it, by the first', async () => {
    const problem = await look(
      { readPublicFacts: async () => facts('Hej {{namn}}'), askProvider: async () => ({ kind: 'refused' }) },
      SMALL,
    )
    expect(problem).toEqual({
      code: 'stopped_by_placeholder',
      message:
        'A placeholder is left in the text. Replace it with what should stand there. ({{namn}}) The provider refuses the key. Make a new one and set RESEND_API_KEY to it. Mend it, then publish the article again or resume the campaign.',
    })
  })

  it('waits for nobody: a provider that is silent stops nothing', async () => {
    const never = () => new Promise<never>(() => {})
    const asked: Promise<unknown>[] = []
    const inTime = async <Answer>(answer: Promise<Answer>) => {
      asked.push(answer)
      return null
    }
    expect(await look({ askProvider: never, inTime })).toBeNull()
    const readSender = async () => ({ mailer: 'smtp' as const, domain: 'example.com' })
    expect(await look({ readSender, askProvider: null, tryMailServer: never, inTime })).toBeNull()
    expect(asked).toHaveLength(2)
  })

  it('an article that readers do not see any more is not mailed', async () => {
    expect((await look({ readPublicFacts: async () => null }))?.code).toBe('article_unpublished')
  })
})
