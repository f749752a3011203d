import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import { TRIAL_TOKEN } from '../../src/newsletter/rules/personalise.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import type { Article } from '../../src/payload-types.ts'
import type { TestDatabase } from '../support/databases.ts'
import { oneDatabase } from '../support/longRun.ts'
import { drain } from '../support/drain.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber, paragraph } from '../support/siteContent.ts'

const SENDER = {
  senderName: 'Provet',
  senderEmail: 'brev@example.com',
  replyTo: 'svar@example.com',
  postalAddress: 'Provgatan 1',
  testAddresses: 'kollegan@example.com\nAnna <anna@åkeri.example>',
}

describe.each(oneDatabase())('on $name, a test mail', ({ open }) => {
  let database: TestDatabase
  let mailer: MemoryMailer
  let people: Record<'nobody' | 'author' | 'editor', Rest>
  let id: Article['id']
  beforeAll(async () => {
    database = await open()
    const { payload } = database
    people = {
      nobody: restAs(database),
      editor: (await logInAs({ ...database, role: 'editor' })).rest,
      author: (await logInAs({ ...database, role: 'author' })).rest,
    }
    await payload.updateGlobal({ slug: 'site', data: SENDER })
    await createSubscriber(payload)
    ;({ id } = await payload.create({
      collection: 'articles',
      locale: 'sv',
      draft: true,
      data: {
        title: 'Ett utkast',
        slug: 'ett-utkast',
        content: paragraph('Texten.'),
        newsletter: { send: true },
        _status: 'draft',
      },
    }))
    await payload.update({
      collection: 'articles',
      id,
      locale: 'en',
      draft: true,
      data: { title: 'A draft', content: paragraph('The text.') },
    })
  })
  afterAll(() => database.close())
  beforeEach(() => {
    mailer = memoryMailer({ repeatableMs: 0 })
    Object.assign(depsOf(database.payload), { mailer, pace: freePace })
  })

  const test = (rest: Rest, asked: object = {}) => rest('POST', `/articles/${id}/test-mail`, asked)
  const arrived = async () => {
    await drain(database.payload)
    return mailer.mails.map(({ to, subject }) => [to.email, subject])
  }

  it('goes to whoever asks: the marked subject, and for the rest the mail of the newsletter', async () => {
    const { status, body } = await test(people.author)
    expect({ status, body }).toEqual({
      status: 202,
      body: { mails: [{ id: expect.any(String), to: 'author@example.com' }] },
    })
    expect(await arrived()).toEqual([['author@example.com', '[Prov] Ett utkast']])
    const [mail] = mailer.mails
    const preview = await people.author('POST', `/articles/${id}/mail-preview`, {})
    const forAuthor = (written: unknown) =>
      String(written).replaceAll('anna.berg@example.com', 'author@example.com')
    const link = `http://site.example/api/unsubscribe?token=${TRIAL_TOKEN}`
    expect({ ...mail, html: mail?.html, text: mail?.text, messageId: '', tags: {} }).toEqual({
      to: { email: 'author@example.com', name: null },
      from: { email: 'brev@example.com', name: 'Provet' },
      replyTo: 'svar@example.com',
      subject: '[Prov] Ett utkast',
      html: forAuthor(preview.body.html),
      text: forAuthor(preview.body.text),
      headers: {
        'List-Unsubscribe': `<${link}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'List-Id': 'Provet <newsletter.site.example>',
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'OOF, AutoReply',
      },
      messageId: '',
      tags: {},
      feedbackId: null,
    })
    // The links change nothing for anybody.
    expect((await people.nobody('POST', `/unsubscribe?token=${TRIAL_TOKEN}`)).status).toBe(400)
    const { docs } = await database.payload.find({ collection: 'subscribers' })
    expect(docs.map((subscriber) => subscriber.status)).toEqual(['active'])
  })

  it('goes to each address once, in the language that is asked for, and stands in the article’s log', async () => {
    const to = ['bo@example.com', 'Bo <BO@example.com>', 'info@åkeri.example']
    expect((await test(people.editor, { to, locale: 'en' })).status).toBe(202)
    expect(await arrived()).toEqual([
      ['bo@example.com', '[Test] A draft'],
      ['info@xn--keri-poa.example', '[Test] A draft'],
    ])
    const { body } = await people.editor(
      'GET',
      `/transactional-mails?where[article][equals]=${id}&where[locale][equals]=en&sort=createdAt&depth=0`,
    )
    expect(body.docs).toEqual([
      expect.objectContaining({
        kind: 'test-mail',
        email: 'bo@example.com',
        status: 'submitted',
        article: id,
      }),
      expect.objectContaining({ email: 'info@xn--keri-poa.example', status: 'submitted' }),
    ])
    // It mails no subscriber, and starts no mailing.
    expect(await database.payload.count({ collection: 'campaigns' })).toEqual({ totalDocs: 0 })
  })

  it('goes from an author to themselves and to the addresses of the settings alone', async () => {
    const to = ['author@example.com', 'kollegan@example.com', 'anna@åkeri.example']
    expect((await test(people.author, { to })).status).toBe(202)
    expect((await test(people.author, { to: [...to, 'bo@example.com'] })).status).toBe(403)
    const { body } = await test(people.author, { kept: true })
    expect((body.mails as { to: string }[]).map(({ to: shown }) => shown)).toEqual([
      'author@example.com',
      'kollegan@example.com',
      'anna@åkeri.example',
    ])
    expect(await arrived()).toHaveLength(6)
  })

  it('goes to no suppressed address', async () => {
    await suppress({
      payload: database.payload,
      email: 'borta@example.com',
      reason: 'manual',
      detail: 'Bad om det.',
      now: new Date(),
    })
    const { body } = await test(people.editor, { to: ['borta@example.com'] })
    expect(await arrived()).toEqual([])
    const [{ id: mailId } = { id: '' }] = body.mails as { id: string }[]
    expect((await people.editor('GET', `/transactional-mails/${mailId}`)).body).toMatchObject({
      status: 'rejected',
      reason: 'suppressed',
    })
  })

  it('goes out at most a hundred times an hour for one article', async () => {
    const { payload } = database
    const other = await payload.create({
      collection: 'articles',
      locale: 'sv',
      draft: true,
      data: { title: 'Prövad', slug: 'provad', content: paragraph('Text.'), _status: 'draft' },
    })
    const to = Array.from({ length: 20 }, (_, index) => `r${index}@example.com`)
    const statuses = []
    for (let call = 0; call < 5; call++)
      statuses.push((await people.editor('POST', `/articles/${other.id}/test-mail`, { to })).status)
    const { status, body } = await people.author('POST', `/articles/${other.id}/test-mail`, {})
    expect({ statuses, status, errors: body.errors }).toEqual({
      statuses: [202, 202, 202, 202, 202],
      status: 429,
      errors: [
        expect.objectContaining({
          code: 'too_many_tests',
          message: expect.stringContaining('At most 100 test mails'),
        }),
      ],
    })
    expect(await arrived()).toHaveLength(100)
  })

  it('is refused, with the field and the remedy, and then mails nobody', async () => {
    const refusedFor = async (asked: object) => {
      const { status, body } = await test(people.editor, asked)
      const [error] = body.errors as { data: { errors: { path: string }[] } }[]
      return [status, error?.data.errors.map(({ path }) => path)]
    }
    expect({
      none: await refusedFor({ to: [] }),
      noList: await refusedFor({ to: 'bo@example.com' }),
      many: await refusedFor({ to: Array.from({ length: 21 }, (_, index) => `r${index}@example.com`) }),
      wrong: await refusedFor({ to: ['bo@example.com', 'bo'] }),
      locale: await refusedFor({ locale: 'fi' }),
    }).toEqual({
      none: [400, ['to']],
      noList: [400, ['to']],
      many: [400, ['to']],
      wrong: [400, ['to.1']],
      locale: [400, ['locale']],
    })
    expect((await test(people.nobody)).status).toBe(401)

    await database.payload.updateGlobal({ slug: 'site', data: { senderEmail: null, postalAddress: null } })
    const { status, body } = await test(people.author)
    await database.payload.updateGlobal({ slug: 'site', data: SENDER })
    expect({ status, errors: body.errors }).toEqual({
      status: 422,
      errors: [
        expect.objectContaining({
          code: 'site_incomplete',
          message: expect.stringContaining('sender address and postal address'),
          data: { missing: ['senderEmail', 'postalAddress'] },
        }),
      ],
    })
    expect(await arrived()).toEqual([])
  })
})
