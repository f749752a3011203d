import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Resend } from 'resend'
import { toResendBody } from '../../src/adapters/mailer/resend/toResendBody.ts'
import { toResendEmail } from '../../src/adapters/mailer/resend/toResendEmail.ts'
import type { Delivery, Mail, Mailing } from '../../src/newsletter/model.ts'
import { personalise, placeholderParts } from '../../src/newsletter/rules/personalise.ts'
import { startResendEmulator, type ResendEmulator } from '../../emulator/startResendEmulator.ts'
import { mailing } from '../support/flow/builders.ts'
import { mailTo } from '../support/mailOf.ts'

const KEY = 're_test'
let emulator: ResendEmulator
beforeAll(async () => {
  emulator = await startResendEmulator({ apiKey: KEY })
})
afterAll(() => emulator.stop())

const parts = placeholderParts({ baseUrl: 'http://site.example', prefix: 'u0123' })
/** Everything that is escaped in a mail or in JSON, at the edges of what is filled in and away from them. */
const AWKWARD = `"å" – \\n\u2028\u0000 😀 \ud83d`
const written: Mailing = mailing({
  mails: {
    sv: {
      subject: `Ämnet ${AWKWARD}`,
      html: `${AWKWARD}${parts.email}${AWKWARD}<a href="${parts.unsubscribeUrl}">${parts.email}${parts.email}`,
      text: `${parts.preferencesUrl}${AWKWARD}`,
    },
    en: { subject: 'The subject', html: '<p>No placeholder</p>', text: '' },
  },
})

const mailOf = (change: Partial<Delivery>, of = written): Mail => {
  const delivery = {
    id: '41',
    subscriberId: '7',
    linkKey: null,
    email: 'anna@example.com',
    name: null,
    locale: 'sv',
  } as const
  return personalise({
    mailing: of,
    delivery: { ...delivery, ...change },
    campaignId: '9',
    secret: 'the secret',
  })
}
const withoutReplyTo = (mail: Mail): Mail => ({ ...mail, replyTo: null })

const bySdk = (key: string, mails: Mail[]) =>
  new Resend(KEY, { baseUrl: emulator.url }).batch.send(mails.map(toResendEmail), {
    idempotencyKey: key,
    batchValidation: 'permissive',
  })
const byBytes = async (key: string, mails: Mail[]) => {
  const headers = {
    Authorization: `Bearer ${KEY}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': key,
    'x-batch-validation': 'permissive',
  }
  const answer = await fetch(`${emulator.url}/emails/batch`, {
    method: 'POST',
    headers,
    body: new Uint8Array(toResendBody(mails)),
  })
  return { status: answer.status, body: await answer.json() }
}

describe('the bytes of a batch', () => {
  // The emulator, as Resend, gives the first answer again to the same bytes under one key, and refuses other bytes.
  it.each<[string, Mail[]]>([
    ['one mail', [mailOf({})]],
    ['several of one mailing', [mailOf({}), mailOf({ email: 'bo@example.com', name: 'Bo, "B" Ek' })]],
    ['an address that HTML and JSON escape', [mailOf({ email: `"<b>$&$1'\\"@example.com` })]],
    ['two locales', [mailOf({}), mailOf({ locale: 'en' })]],
    ['two mailings', [mailOf({}), mailOf({}, mailing())]],
    ['one without tags', [{ ...mailTo('anna@example.com'), tags: {} }]],
    ['mails that no mailing made', [mailTo('anna@example.com'), withoutReplyTo(mailOf({}))]],
  ])('are those that the SDK sends: %s', async (key, mails) => {
    const { data } = await bySdk(key, mails)
    expect(await byBytes(key, mails)).toEqual({ status: 200, body: data })
  })

  it('are others for another mail', async () => {
    await bySdk('another', [mailOf({})])
    expect(await byBytes('another', [mailOf({ id: '42', email: 'bo@example.com' })])).toMatchObject({
      status: 409,
    })
  })
})
