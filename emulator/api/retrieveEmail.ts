import type { AcceptedMail, Answer } from '../model.ts'
import { lastEventOf } from '../webhooks/fates.ts'
import { messageIdOf, preciseTime } from '../webhooks/webhookBody.ts'
import { apiError } from './answers.ts'

/** GET /emails/:id (https://resend.com/docs/api-reference/emails/retrieve-email) */
export function retrieveEmail(mail: AcceptedMail | undefined): Answer {
  if (!mail) return apiError({ status: 404, name: 'not_found', message: 'Email not found' })
  const { id, from, to, cc, bcc, subject, html, text, replyTo, tags, acceptedAt } = mail
  const body = {
    object: 'email',
    id,
    message_id: messageIdOf(id),
    from,
    to,
    cc: orNull(cc),
    bcc: orNull(bcc),
    reply_to: orNull(replyTo),
    subject,
    html,
    text,
    tags,
    created_at: preciseTime(acceptedAt),
    scheduled_at: null,
    last_event: lastEventOf(to),
  }
  return { status: 200, body }
}

const orNull = (list: string[]) => (list.length > 0 ? list : null)
