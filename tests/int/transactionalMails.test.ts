import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { memoryMailer, type MemoryMailer } from '../../src/adapters/mailer/memory/memoryMailer.ts'
import { depsOf } from '../../src/deps.ts'
import type { FrozenMail, Outcome } from '../../src/newsletter/model.ts'
import { sendNextTransactional } from '../../src/newsletter/sendNextTransactional.ts'
import type { MailRequest } from '../../src/transactional/mailRequest.ts'
import { suppress } from '../../src/suppressions/suppress.ts'
import { queueMail } from '../../src/transactional/queueMail.ts'
import { testDatabases, type TestDatabase } from '../support/databases.ts'
import { removeAllRows } from '../support/flow/rawRows.ts'
import { freePace } from '../support/flow/newsroom.ts'
import { logInAs, restAs, type Rest } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'

const DAY_MS = 86_400_000
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' }
const NOW = new Date('2026-11-02T08:00:00.000Z')
const SETTINGS = {
  name: 'Trimero',
  senderName: 'Trimero AB',
  senderEmail: 'brev@trimero.example',
  replyTo: 'hej@trimero.example',
  postalAddress: 'Drottninggatan 12\n111 51 Stockholm',
  phone: '08-777 28 68',
}
const NO_SETTINGS = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, null]))
const UNKNOWN: Outcome = {
  kind: 'answered',
  results: [{ kind: 'unknown', code: 'dropped', detail: 'The line broke.' }],
}

const confirm = (more: Partial<Pick<MailRequest, 'to' | 'subscriberId'>> = {}): MailRequest => ({
  kind: 'confirm-subscription',
  to: { email: 'anna@example.com', name: 'Anna' },
  locale: 'sv',
  confirmUrl: 'https://trimero.example/sv/confirm?token=a.b',
  consentText: 'Jag vill ha nyhetsbrevet.',
  ...more,
})
const notice = (more: { email?: string; name?: string; message?: string } = {}): MailRequest => ({
  kind: 'contact-notice',
  to: { email: 'hej@trimero.example', name: null },
  locale: 'sv',
  message: more.message ?? 'Kan vi ses?',
  from: { name: more.name ?? 'Bo Ek', email: more.email ?? 'bo@example.com' },
  adminUrl: 'https://trimero.example/admin/collections/contact-messages/7',
})
const welcome: MailRequest = {
  kind: 'welcome',
  to: { email: 'anna@example.com', name: 'Anna "A"\r\nBcc: all@example.com' },
  locale: 'en',
  preferencesUrl: 'https://trimero.example/en/preferences?token=p.q',
  unsubscribeUrl: 'https://trimero.example/en/unsubscribe?token=u.v',
  leaveUrl: 'https://trimero.example/api/unsubscribe?token=u.v',
}

describe.each(testDatabases())('on $name, a mail to one person', ({ open }) => {
  let database: TestDatabase
  let mailer: MemoryMailer
  let editor: Rest
  beforeAll(async () => {
    database = await open()
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    start()
    await database.payload.updateGlobal({ slug: 'site', data: SETTINGS })
  })
  afterEach(async () => {
    await removeAllRows(database)
    start()
  })
  afterAll(() => database.close())

  const start = () => {
    mailer = memoryMailer()
    Object.assign(depsOf(database.payload), { mailer, pace: freePace, clock: { now: () => NOW } })
  }
  const queue = (request: MailRequest) => queueMail({ payload: database.payload, request })
  const rowOf = async ({ id }: { id: string }) =>
    database.payload.findByID({ collection: 'transactional-mails', id, depth: 0 })
  const mailOf = async (request: MailRequest): Promise<FrozenMail> => {
    const { mail }: { mail?: unknown } = await rowOf(await queue(request))
    return mail as FrozenMail
  }
  const settle = async () => {
    while (await sendNextTransactional(depsOf(database.payload)));
  }

  describe('is written down whole before anything is called', () => {
    it('with whom it is for, due now, under a key of its own', async () => {
      const { id: subscriberId } = await createSubscriber(database.payload)
      const [first, second] = [
        await queue(confirm({ subscriberId: String(subscriberId) })),
        await queue(confirm()),
      ]
      const { mail, createdAt, updatedAt, idempotencyKey, ...row } = await rowOf(first)
      expect(row).toMatchObject({
        kind: 'confirm-subscription',
        email: 'anna@example.com',
        name: 'Anna',
        locale: 'sv',
        status: 'pending',
        subscriber: subscriberId,
        attempts: 0,
        dueAt: NOW.toISOString(),
      })
      expect([typeof mail, typeof createdAt, typeof updatedAt]).toEqual(['object', 'string', 'string'])
      expect(idempotencyKey).toMatch(/^mail-[0-9a-f-]{36}$/)
      expect((await rowOf(second)).idempotencyKey).not.toBe(idempotencyKey)
      expect(mailer.calls).toEqual([])
    })

    it('from the system address of the site, answered where the site wants answers', async () => {
      const { html, text, ...mail } = await mailOf(confirm())
      expect(mail).toEqual({
        from: { email: 'utskick@trimero.example', name: 'Trimero AB' },
        to: { email: 'anna@example.com', name: null },
        replyTo: 'hej@trimero.example',
        subject: 'Bekräfta din prenumeration på nyhetsbrevet från Trimero',
        headers: AUTOMATIC,
        messageId: expect.stringMatching(/^<mail-[0-9a-f-]{36}@trimero\.example>$/),
      })
      expect(html).toContain('href="https://trimero.example/sv/confirm?token=a.b"')
      expect(text).toContain('<https://trimero.example/sv/confirm?token=a.b>')
    })

    it('and is handed over so, with a tag that finds it', async () => {
      const row = await queue(confirm())
      const mail = (await rowOf(row)).mail
      await settle()
      expect(mailer.mails).toEqual([{ ...(mail as object), tags: { mail: row.id }, feedbackId: null }])
      expect(await rowOf(row)).toMatchObject({
        status: 'submitted',
        providerId: 'memory-1',
        settledAt: NOW.toISOString(),
      })
    })

    it('from a site that nobody has set up, too', async () => {
      await database.payload.updateGlobal({ slug: 'site', data: NO_SETTINGS })
      const { hostname } = new URL(database.env.serverUrl)
      const { from, replyTo } = await mailOf(confirm())
      await database.payload.updateGlobal({ slug: 'site', data: SETTINGS })
      expect({ from, replyTo }).toEqual({
        from: { email: `utskick@${hostname}`, name: hostname },
        replyTo: null,
      })
    })
  })

  it('is written once for requests of one name, also at once, whatever became of the first', async () => {
    await createSubscriber(database.payload, { email: welcome.to.email })
    const request = { ...welcome, idempotencyKey: 'welcome-7' }
    const rows = await Promise.all([queue(request), queue(request)])
    mailer.answerNext({ kind: 'later', afterMs: 5_000, problem: { code: 'rate_limit', message: 'Wait.' } })
    await settle()
    rows.push(await queue(request))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1)
    expect((await database.payload.count({ collection: 'transactional-mails' })).totalDocs).toBe(1)
    expect((await queue({ ...welcome, idempotencyKey: 'welcome-8' })).id).not.toBe(rows[0]?.id)
  })

  it('that welcomes lets a mail program leave the list by itself', async () => {
    const { headers, to } = await mailOf(welcome)
    expect({ headers, to }).toEqual({
      headers: {
        ...AUTOMATIC,
        'List-Id': 'Trimero AB <newsletter.site.example>',
        'List-Unsubscribe': '<https://trimero.example/api/unsubscribe?token=u.v>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      to: { email: 'anna@example.com', name: 'Anna "A" Bcc: all@example.com' },
    })
  })

  it('that thanks for a message says when, and nothing of what a stranger wrote', async () => {
    const message = 'Billiga klockor på https://spam.example'
    const thanks = await mailOf({
      kind: 'contact-thanks',
      to: { email: 'victim@example.com', name: 'Vinn pengar spam.example' },
      locale: 'sv',
      message,
    })
    expect(thanks.text).toContain('Tack för ditt mail! Vi svarar via e-post inom 24 timmar.')
    expect(thanks.text).toContain('ring oss på 08-777 28 68')
    expect(JSON.stringify(thanks)).not.toMatch(/spam|klockor|pengar/)
  })

  it('that thanks says what the site says of its answers', async () => {
    const { payload } = database
    const answerTime = 'Vi svarar inom en vecka.'
    await payload.updateGlobal({ slug: 'site', locale: 'sv', data: { answerTime } })
    const request = {
      kind: 'contact-thanks',
      to: { email: 'bo@example.com', name: null },
      message: 'Hej',
    } as const
    const { text } = await mailOf({ ...request, locale: 'sv' })
    await payload.updateGlobal({ slug: 'site', locale: 'sv', data: { answerTime: null } })
    expect(text).toContain(`Tack för ditt mail! ${answerTime}`)
  })

  it('that tells staff of a message is answered to the person, and shows it as plain text', async () => {
    const message = '<a href="https://spam.example">Klicka</a>\r\nAndra raden'
    const { html, text, ...mail } = await mailOf(notice({ message, name: 'Bo\r\nBcc: all@example.com' }))
    expect(mail).toMatchObject({
      replyTo: 'bo@example.com',
      subject: 'Nytt meddelande från Bo Bcc: all@example.com',
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    expect(html).not.toContain('<a href="https://spam.example"')
    expect(text).toContain('> <a href="https://spam.example">Klicka</a>\n> Andra raden')
  })

  it.each([
    ['to', () => confirm({ to: { email: 'anna@example.com\r\nBcc: all@example.com', name: null } })],
    ['from', () => notice({ email: 'bo@example.com, all@example.com' })],
    ['confirmUrl', () => ({ ...confirm(), confirmUrl: 'javascript:alert(1)' })],
    ['leaveUrl', () => ({ ...welcome, leaveUrl: '/api/unsubscribe' })],
  ] as const)('with a wrong %s is not written', async (part, request) => {
    await expect(queue(request() as MailRequest)).rejects.toThrow(new RegExp(`^${part}: not an`))
    expect((await database.payload.count({ collection: 'transactional-mails' })).totalDocs).toBe(0)
  })

  it('is of use for as long as what it is about', async () => {
    const { id } = await createSubscriber(database.payload)
    const changing = { ...confirm(), kind: 'confirm-address' } as MailRequest
    const link = { preferencesUrl: 'https://trimero.example/preferences?token=p.q' }
    const fresh = { ...link, kind: 'fresh-link', to: { email: 'anna@example.com', name: null } }
    const thanks = { kind: 'contact-thanks', to: fresh.to, locale: 'sv', message: 'Hej' } as const
    const asked = { ...fresh, locale: 'sv', subscriberId: String(id) } as MailRequest
    const days: Record<string, number | null> = {}
    const changed = { ...asked, kind: 'address-changed' } as MailRequest
    for (const request of [confirm(), changing, asked, welcome, changed, thanks, notice()]) {
      const { validUntil } = await rowOf(await queue(request))
      days[request.kind] = validUntil ? (Date.parse(validUntil) - NOW.getTime()) / DAY_MS : null
    }
    expect(days).toEqual({
      'confirm-subscription': 7,
      'confirm-address': 1,
      'fresh-link': 1,
      welcome: 7,
      'address-changed': null,
      'contact-thanks': null,
      'contact-notice': null,
    })
  })

  it('of which the provider tells before its answer is known is submitted, whatever the answer is', async () => {
    const row = await queue(confirm())
    const { store, events } = depsOf(database.payload)
    const lease = { token: 'a', ms: 60_000 }
    const claimed = await store.claimTransactionalMail({ now: NOW, lease })
    if (!claimed) throw new Error('No mail is due.')
    await store.callTransactionalMail({ claimed, token: 'a', callWith: 'memory', now: NOW })
    await events.settleUncertainMail({ id: row.id, providerId: 'p-1', now: NOW })
    const result = { status: 'uncertain', reason: 'no_answer', detail: null } as const
    const isSettled = await store.settleTransactionalMail({ id: row.id, token: 'a', result, now: NOW })
    expect([isSettled, await rowOf(row)]).toEqual([
      false,
      expect.objectContaining({ status: 'submitted', providerId: 'p-1', reason: null }),
    ])
  })

  describe('over the API', () => {
    const again = (row: { id: string | number }, by = editor) =>
      by('POST', `/transactional-mails/${row.id}/again`)

    it('shows an editor everything but the mail itself and its key', async () => {
      const row = await queue(confirm())
      const { status, body } = await editor('GET', `/transactional-mails/${row.id}?depth=0`)
      expect(status).toBe(200)
      expect(body).toMatchObject({
        kind: 'confirm-subscription',
        email: 'anna@example.com',
        status: 'pending',
      })
      for (const name of ['mail', 'idempotencyKey', 'leaseToken', 'calledWith', 'dueAt'])
        expect(body).not.toHaveProperty(name)
    })

    it('is shown to nobody but editors', async () => {
      const row = await queue(confirm())
      const author = (await logInAs({ ...database, role: 'author' })).rest
      const nobody = restAs(database)
      const read = async (by: Rest) => (await by('GET', `/transactional-mails/${row.id}`)).status
      expect([await read(nobody), await read(author)]).toEqual([403, 403])
      expect([(await again(row, nobody)).status, (await again(row, author)).status]).toEqual([401, 403])
      expect((await rowOf(row)).status).toBe('pending')
    })

    it('is handed over again when nobody can know, under a new key', async () => {
      const row = await queue(confirm())
      mailer.answerNext(UNKNOWN)
      await settle()
      expect(await rowOf(row)).toMatchObject({ status: 'uncertain', reason: 'dropped' })
      const { status, body } = await again(row)
      expect([status, (body.doc as { status: string }).status]).toEqual([200, 'pending'])
      await settle()
      expect(await rowOf(row)).toMatchObject({ status: 'submitted' })
      const [first, second] = mailer.calls
      expect(first?.key).not.toBe(second?.key)
      expect(first?.mails).toEqual(second?.mails)
    })

    it.each(['pending', 'submitted'] as const)('is not handed over again while it is %s', async (status) => {
      const row = await queue(confirm())
      if (status === 'submitted') await settle()
      const answer = await again(row)
      expect(answer).toMatchObject({ status: 409 })
      expect(JSON.stringify(answer.body)).toContain(`The mail is ${status}.`)
      expect((await rowOf(row)).status).toBe(status)
    })

    it('is not handed over again to an address that was suppressed meanwhile', async () => {
      const row = await queue(confirm())
      mailer.answerNext(UNKNOWN)
      await settle()
      await suppress({
        payload: database.payload,
        email: 'anna@example.com',
        reason: 'complained',
        detail: null,
        now: new Date(),
      })
      const answer = await again(row)
      expect(answer).toMatchObject({
        status: 409,
        body: { errors: [{ data: { status: 'uncertain', suppressed: true } }] },
      })
      expect(await rowOf(row)).toMatchObject({ status: 'uncertain' })
    })

    it('is not handed over again when it is of no use any more', async () => {
      const row = await queue(confirm())
      mailer.answerNext(UNKNOWN)
      await settle()
      const later = new Date(NOW.getTime() + 7 * DAY_MS)
      Object.assign(depsOf(database.payload), { clock: { now: () => later } })
      expect(await again(row)).toMatchObject({
        status: 409,
        body: { errors: [{ data: { status: 'uncertain', expired: true } }] },
      })
      expect(await rowOf(row)).toMatchObject({ status: 'uncertain' })
    })

    it('is handed over again to staff, although the address is suppressed', async () => {
      const row = await queue(notice())
      mailer.answerNext(UNKNOWN)
      await settle()
      const email = 'hej@trimero.example'
      await suppress({ payload: database.payload, email, reason: 'bounced', detail: null, now: NOW })
      expect((await again(row)).status).toBe(200)
      await settle()
      expect(await rowOf(row)).toMatchObject({ status: 'submitted' })
    })

    it('is not to be found under another id', async () => {
      for (const id of ['0', '000000000000000000000000', 'x']) expect((await again({ id })).status).toBe(404)
    })
  })
})
