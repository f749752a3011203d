import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import { TRIAL_TOKEN } from '../../src/newsletter/rules/personalise.ts'
import { queueMail } from '../../src/transactional/queueMail.ts'
import { SAMPLE_KINDS } from '../../src/transactional/sampleLetter.ts'
import type { TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { oneDatabase } from '../support/longRun.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'

describe.each(oneDatabase())('on $name, a test of an automatic mail', ({ open }) => {
  let database: TestDatabase
  let mailer: MemoryMailer
  let people: Record<'nobody' | 'author' | 'editor', Rest>
  beforeAll(async () => {
    database = await open()
    people = {
      nobody: restAs(database),
      editor: (await logInAs({ ...database, role: 'editor' })).rest,
      author: (await logInAs({ ...database, role: 'author' })).rest,
    }
    await people.editor('POST', '/globals/site?locale=sv', {
      ...{ senderName: 'Provet', senderEmail: 'brev@example.com', postalAddress: 'Provgatan 1' },
      ...{ consentText: 'Jag vill ha brevet.', testAddresses: 'kollegan@example.com' },
    })
  })
  afterAll(() => database.close())
  beforeEach(() => {
    mailer = memoryMailer({ repeatableMs: 0 })
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
  })

  const send = (body: object, by: keyof typeof people = 'editor') => people[by]('POST', '/test-mails', body)

  it.each(SAMPLE_KINDS)('%s goes to whoever asks, marked, with links that are nobody’s', async (kind) => {
    const answers = [await send({ kind }), await send({ kind, locale: 'en' })]
    await drain(database.payload)
    expect(answers.map(({ status }) => status)).toEqual([202, 202])
    expect(mailer.mails.map(({ to, subject }) => [to.email, subject.slice(0, 6)])).toEqual([
      ['editor@example.com', '[Prov]'],
      ['editor@example.com', '[Test]'],
    ])
    for (const { html, text, headers } of mailer.mails) {
      expect(html).toMatch(/<html dir="ltr" lang="(sv|en)">/)
      const tokens = [...`${html} ${text} ${JSON.stringify(headers)}`.matchAll(/token=([\w.%-]+)/g)].map(
        ([, token]) => token,
      )
      expect(new Set(tokens)).toEqual(new Set(tokens.length > 0 ? [TRIAL_TOKEN] : []))
    }
  })

  it('is the mail that a reader gets, but for the mark and the links', async () => {
    await send({ kind: 'confirm-subscription', to: ['anna@example.com'] })
    const { env } = depsOf(database.payload)
    await queueMail({
      payload: database.payload,
      request: {
        kind: 'confirm-subscription',
        to: { email: 'anna@example.com', name: null },
        locale: 'sv',
        consentText: 'Jag vill ha brevet.',
        confirmUrl: `${env.serverUrl}/confirm?token=${TRIAL_TOKEN}`,
      },
    })
    await drain(database.payload)
    const [test, real] = mailer.mails
    expect([test?.subject, test?.html, test?.text, test?.from, test?.replyTo]).toEqual([
      `[Prov] ${real?.subject}`,
      real?.html,
      real?.text,
      real?.from,
      real?.replyTo,
    ])
  })

  it('goes to those whom an editor names, and to those of the settings', async () => {
    const { body } = await send({ kind: 'welcome', to: ['anna@example.com'], kept: true })
    await drain(database.payload)
    expect([
      (body.mails as { to: string }[]).map(({ to }) => to),
      mailer.mails.map(({ to }) => to.email),
    ]).toEqual([
      ['anna@example.com', 'kollegan@example.com'],
      ['anna@example.com', 'kollegan@example.com'],
    ])
  })

  it('is refused for others than editors, for another kind, and beyond a hundred an hour', async () => {
    const to = Array.from({ length: 20 }, (_, number) => `nr-${number}@example.com`)
    const answers = [
      await send({ kind: 'welcome' }, 'nobody'),
      await send({ kind: 'welcome' }, 'author'),
      await send({ kind: 'newsletter' }),
      await send({ kind: 'welcome', to: ['inte en adress'] }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 400, 400])
    const flood = []
    for (let round = 0; round < 6; round += 1) flood.push((await send({ kind: 'welcome', to })).status)
    expect(flood).toEqual([202, 202, 202, 429, 429, 429])
  })
})
