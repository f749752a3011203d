import { describe, expect, it } from '@jest/globals'
import type { Delivery, Mailing } from '../../../src/newsletter/model.ts'
import { listIdHeader, newsletterHeaders } from '../../../src/newsletter/rules/headers.ts'
import { personalise, placeholderParts } from '../../../src/newsletter/rules/personalise.ts'
import { makeReaderToken, readReaderToken } from '../../../src/newsletter/rules/readerToken.ts'
import { LINKS_UNTIL, mailing } from '../../support/flow/builders.ts'

const SECRET = 'a secret of the tests'
const BASE = 'http://site.example'
const parts = placeholderParts({ baseUrl: BASE, prefix: 'u0123' })

const anna: Delivery = {
  id: '41',
  subscriberId: '7',
  linkKey: '0123456789abcdef01234567',
  email: 'anna@example.com',
  name: 'Anna Berg',
  locale: 'sv',
}
const token = (purpose: 'leave' | 'preferences') =>
  makeReaderToken({
    secret: SECRET,
    purpose,
    subscriberId: anna.subscriberId,
    linkKey: anna.linkKey,
    expiresAt: purpose === 'leave' ? null : new Date(LINKS_UNTIL),
    data: null,
  })

const mailTo = (change: Partial<Delivery> = {}, of: Mailing = mailing()) =>
  personalise({ mailing: of, delivery: { ...anna, ...change }, campaignId: '9', secret: SECRET })

/** A mailing whose Swedish mail is this. */
const written = (mail: Partial<Mailing['mails']['sv']>): Mailing => {
  const { mails, ...rest } = mailing()
  return { ...rest, mails: { ...mails, sv: { ...mails.sv, ...mail } } }
}

describe('one recipient’s mail', () => {
  it('goes to the address that mail servers know, and shows it as its owner writes it', () => {
    const of = written({ html: `<p>${parts.email}</p>`, text: parts.email })
    const email = 'info@xn--keri-poa.example'
    const { to, html, text } = mailTo({ email }, of)
    expect([to.email, html, text]).toEqual([email, '<p>info@åkeri.example</p>', 'info@åkeri.example'])
    // Sealed by an earlier version: the same bytes again.
    expect(mailTo({ email, linkKey: null }, of).text).toBe(email)
  })

  it('is whole', () => {
    expect(mailTo()).toEqual({
      to: { email: 'anna@example.com', name: 'Anna Berg' },
      from: { email: 'brev@example.com', name: 'Provet' },
      replyTo: 'svar@example.com',
      subject: 'Ämnet',
      html: '<p>Texten, "citerad" & med $&</p>',
      text: 'Texten',
      headers: {
        'List-Unsubscribe': `<${BASE}/api/unsubscribe?token=${token('leave')}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'List-Id': '<newsletter.site.example>',
      },
      tags: { delivery: '41' },
      messageId: '<campaign-9-delivery-41@example.com>',
      feedbackId: 'campaign-9:newsletter.site.example:newsletter:37e22428b017',
    })
  })

  it('has the Feedback-ID of its campaign, whoever gets it, and the sender of its site', () => {
    const { feedbackId } = mailTo()
    const another = { subscriberId: '8', email: 'bo@example.com', name: 'Bo', locale: 'en' as const }
    expect(mailTo(another).feedbackId).toBe(feedbackId)
    expect(feedbackId?.split(':').at(-1)).toMatch(/^[0-9a-f]{12}$/)
  })

  it('has the headers of its mailing, and an id that no other installation makes', () => {
    const envelope = {
      headers: newsletterHeaders({ listId: 'newsletter.site.example', listName: 'Provet "AB"' }),
      messageIdPrefix: 'campaign-9-0f8b',
    }
    const { headers, messageId } = mailTo({}, mailing({ envelope }))
    expect({ headers, messageId }).toEqual({
      headers: {
        'List-Unsubscribe': `<${BASE}/api/unsubscribe?token=${token('leave')}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'List-Id': 'Provet AB <newsletter.site.example>',
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'OOF, AutoReply',
      },
      messageId: '<campaign-9-0f8b-delivery-41@example.com>',
    })
  })

  it('names a list only by a name that a mail program shows as it stands', () => {
    const listId = 'newsletter.site.example'
    expect(listIdHeader({ listId, listName: 'Självledarna' })).toBe(`<${listId}>`)
    expect(listIdHeader({ listId, listName: 'Provet\r\nBcc: x@example.com' })).toBe(`<${listId}>`)
  })

  it('is in their locale', () => {
    expect(mailTo({ locale: 'en' })).toMatchObject({ subject: 'The subject', text: 'The text' })
  })

  it('has its placeholders filled wherever they stand', () => {
    const html = `<p>${parts.email} ${parts.email}</p><a href="${parts.unsubscribeUrl}"><a href="${parts.preferencesUrl}">`
    const text = `${parts.email} ${parts.unsubscribeUrl} ${parts.preferencesUrl}`
    const leave = `${BASE}/unsubscribe?token=${token('leave')}`
    const preferences = `${BASE}/preferences?token=${token('preferences')}`
    expect(mailTo({}, written({ html, text }))).toMatchObject({
      html: `<p>anna@example.com anna@example.com</p><a href="${leave}"><a href="${preferences}">`,
      text: `anna@example.com ${leave} ${preferences}`,
    })
  })

  it('has the very bytes that an earlier version gave it, where that version fixed the mailing', () => {
    const { linksUntil: _, ...former } = written({ text: `${parts.unsubscribeUrl} ${parts.preferencesUrl}` })
    const preferences = 'Nw.8u9i6YyZo2qFsJETZntDsrkX_ilTzyZbvXlHyFe_x2A'
    expect(mailTo({ linkKey: null }, former).text).toBe(
      `${BASE}/unsubscribe?token=Nw.jR1crJaIEqzrukSwwHZ25J-7k-uDxOIAmIxQW4FB2QU ${BASE}/preferences?token=${preferences}`,
    )
    const now = new Date('2026-11-28T08:00:00Z')
    expect(readReaderToken({ secret: SECRET, token: preferences, purpose: 'preferences', now })).toEqual({
      kind: 'expired',
      subscriberId: '7',
      linkKey: null,
    })
  })

  it('shows an address as it is, however it is written', () => {
    const email = `"<b>$&$1'"@example.com`
    expect(mailTo({ email }, written({ html: `<p>${parts.email}</p>`, text: parts.email }))).toMatchObject({
      to: { email },
      html: '<p>&quot;&lt;b&gt;$&amp;$1&#x27;&quot;@example.com</p>',
      text: email,
    })
  })

  it('leaves the placeholders of another campaign alone: an article may show them', () => {
    const html = '<p>u9999-email u0123-other</p>'
    expect(mailTo({}, written({ html })).html).toBe(html)
  })

  it('is the same bytes whenever it is made', () => {
    expect(JSON.stringify(mailTo())).toBe(JSON.stringify(mailTo()))
  })

  it('has no name when the reader gave none', () => {
    expect(mailTo({ name: null }).to).toEqual({ email: 'anna@example.com', name: null })
  })

  it.each([
    '\r\nBcc: eve@example.com',
    '\nBcc: eve@example.com',
    '\u0000Bcc: eve@example.com',
    '\u2028Bcc: eve@example.com',
  ])('gets no further header from a line break in a name or a subject (%j)', (injected) => {
    const { sender, ...rest } = written({ subject: `Ämnet${injected}` })
    const mail = mailTo(
      { name: `Anna${injected}` },
      { ...rest, sender: { ...sender, name: `Provet${injected}` } },
    )
    expect([mail.to.name, mail.from.name, mail.subject]).toEqual(
      ['Anna', 'Provet', 'Ämnet'].map((text) => `${text} Bcc: eve@example.com`),
    )
  })
})
