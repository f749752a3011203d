import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Mail } from '../../src/newsletter/model.ts'
import type { Mailer } from '../../src/newsletter/ports.ts'
import { mailsTo, mailTo } from '../support/mailOf.ts'
import { SUBJECTS, type Subject } from './mailerSubjects.ts'

describe.each(Object.entries(SUBJECTS))('the %s mailer', (name, open) => {
  let subject: Subject
  let mailer: Mailer
  beforeEach(async () => {
    subject = await open()
    mailer = subject.mailer
  })
  afterEach(async () => {
    await mailer.close()
    await subject.stop()
  })

  /** What must come out of a mail that was put in. */
  const arriving = (mail: Mail): Mail => ({
    ...mail,
    messageId: name === 'resend' ? null : mail.messageId,
    feedbackId: name === 'resend' ? null : mail.feedbackId,
    // RFC 5322 has none.
    tags: name === 'smtp' || name === 'outbox' ? {} : mail.tags,
  })

  /** A provider's id, where there is a provider that gives one. */
  const accepted = { kind: 'accepted', providerId: name === 'smtp' ? null : expect.any(String) }

  const submit = (mails: Mail[], key = 'campaign-1-1') => mailer.send({ key, mails })

  it('is known by its name, and says how much it takes and for how long a call can be repeated', () => {
    expect(mailer.name).toBe(name)
    expect(Number.isSafeInteger(mailer.batchSize) && mailer.batchSize > 0).toBe(true)
    expect(JSON.parse(JSON.stringify(mailer.repeatableMs))).toBe(mailer.repeatableMs)
  })

  it('takes as many mails as it says, in order, each with everything that it has', async () => {
    const mails = mailsTo(mailer.batchSize)
    const outcome = await submit(mails)
    expect(outcome).toEqual({ kind: 'answered', results: mails.map(() => accepted) })
    expect(await subject.received()).toEqual(mails.map(arriving))
  })

  it('takes 100 mails in as many calls as it needs', async () => {
    const mails = mailsTo(100)
    for (let start = 0; start < mails.length; start += mailer.batchSize)
      await submit(mails.slice(start, start + mailer.batchSize), `campaign-1-${start}`)
    const arrived = await subject.received()
    expect(arrived.map(({ to }) => to.email).sort()).toEqual(mails.map(({ to }) => to.email).sort())
  })

  it.each<[string, Partial<Mail>]>([
    ['Swedish in every part', { to: { email: 'asa@example.com', name: 'Åsa Öberg' } }],
    ['a name with a comma and quotes', { to: { email: 'b@example.com', name: 'Berg, "Bea" Anna' } }],
    ['a sender with a comma', { from: { email: 'brev@utskick.example', name: 'Berg, Dahl & Söner' } }],
    [
      'other scripts and pictures',
      { subject: 'Привет 你好 🎉 ελληνικά', text: '你好 🎉', html: '<p>你好 🎉</p>' },
    ],
    ['a very long subject', { subject: 'Långa rubriker om självledarskap '.repeat(12).trim() }],
    ['no reply address', { replyTo: null }],
    ['no headers of its own', { headers: {} }],
    ['lines that begin with a dot', { text: '.\n..två\n.', html: '<p>\n.\n..\n</p>' }],
    ['one endless line', { html: `<p>${'långt '.repeat(4_000)}</p>`, text: 'långt '.repeat(4_000).trim() }],
    ['what looks like a path or an address', { html: '/etc/passwd', text: 'https://example.com/' }],
  ])('carries %s unharmed', async (_, over) => {
    const mail = mailTo('lasare@example.com', over)
    expect(await submit([mail])).toEqual({ kind: 'answered', results: [accepted] })
    const [arrived] = await subject.received()
    expect(arrived).toEqual(arriving(mail))
  })

  it('lets nothing in a name or a subject become a header of its own', async () => {
    const mail = mailTo('lasare@example.com', {
      to: { email: 'lasare@example.com', name: 'A\r\nBcc: b@example.com' },
      from: { email: 'brev@utskick.example', name: 'Brev\r\nX-Evil: 1' },
    })
    await submit([mail])
    const [arrived] = await subject.received()
    expect({ to: arrived?.to.email, from: arrived?.from.email, headers: arrived?.headers }).toEqual({
      to: 'lasare@example.com',
      from: 'brev@utskick.example',
      headers: mail.headers,
    })
  })

  it('makes no second mail of the same call, where it says so', async () => {
    if (mailer.repeatableMs === 0) return
    const mails = mailsTo(3)
    const first = await submit(mails)
    expect(await submit(mails)).toEqual(first)
    expect((await subject.received()).length).toBe(3)
  })

  it('makes no second mail when the same call comes twice at once, where it says so', async () => {
    if (mailer.repeatableMs === 0) return
    const mails = mailsTo(3)
    await Promise.all([submit(mails), submit(mails)])
    expect(await subject.received()).toEqual(mails.map(arriving))
  })

  it('keeps calls with different keys apart', async () => {
    const [a, b] = mailsTo(2)
    if (!a || !b) throw new Error('two mails are needed')
    await submit([a], 'campaign-1-1')
    await submit([b], 'campaign-1-11')
    await submit([a], 'CAMPAIGN/1:1')
    const arrived = (await subject.received()).map(({ to }) => to.email).sort()
    expect(arrived).toEqual([a.to.email, a.to.email, b.to.email].sort())
  })
})
