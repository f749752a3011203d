import { signWebhook } from '../../emulator/webhooks/sign.ts'
import { emailOf } from '../events/seedDeliveries.ts'

export const WEBHOOK_SECRET = `whsec_${Buffer.from('the secret of a benchmark').toString('base64')}`

/** That it was sent, and what became of it. */
export const EVENTS_PER_MAIL = 2

export interface Told {
  eventId: string
  body: string
}

/** The event of this number, from 0. Of a hundred mails three bounce and one in five hundred is complained about. */
export function toldOf(number: number): Told {
  const index = Math.floor(number / EVENTS_PER_MAIL)
  const id = String(index + 1)
  const isSent = number % EVENTS_PER_MAIL === 0
  const became = index % 100 < 2 ? 'Permanent' : index % 100 === 2 ? 'Transient' : null
  const type = became ? 'email.bounced' : index % 500 === 7 ? 'email.complained' : 'email.delivered'
  const at = new Date().toISOString()
  const data = {
    ...{ created_at: at, email_id: `e-${id}`, message_id: `<e-${id}@example.com>` },
    ...{ from: 'Prov <brev@example.com>', to: [emailOf(id)], subject: 'Ett brev', tags: { delivery: id } },
    ...(!isSent && became && { bounce: { type: became, subType: 'General', message: 'It bounced.' } }),
  }
  const body = JSON.stringify({ type: isSent ? 'email.sent' : type, created_at: at, data })
  return { eventId: `msg_${number}`, body }
}

export const headersOf = ({ eventId, body }: Told): Record<string, string> => ({
  'content-type': 'application/json',
  'content-length': String(Buffer.byteLength(body)),
  ...signWebhook({ id: eventId, at: new Date(), body, secret: WEBHOOK_SECRET }),
})
