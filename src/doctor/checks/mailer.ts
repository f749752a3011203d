import type { Env } from '../../env.ts'
import type { Problem } from '../../newsletter/model.ts'
import { fail, ok, warn, type Check } from '../model.ts'
import type { KeyAnswer } from '../ports.ts'
import { ago } from './worker.ts'

type MailerKind = Env['mailer']['kind']

export function checkMailer({ mailer }: { mailer: MailerKind }): Check {
  const name = 'mailer'
  switch (mailer) {
    case 'outbox':
      return warn({
        name,
        message: 'MAILER is outbox: mails are kept as files and reach nobody.',
        remedy: 'Set MAILER to resend or smtp when readers are to get them.',
      })
    case 'resend':
      return ok({ name, message: 'Mails are handed to Resend.' })
    case 'smtp':
      return ok({ name, message: 'Mails are handed to the server of SMTP_URL.' })
  }
}

/** @param input.domain the sender's; null when no sender is set. */
export function checkKey({ answer, domain }: { answer: KeyAnswer; domain: string | null }): Check {
  const name = 'provider-key'
  switch (answer.kind) {
    case 'full':
      return checkDomain({ name, domains: answer.domains, domain })
    case 'restricted':
      return ok({
        name,
        message: 'Resend takes the key, which may only send: it does not tell which domains are verified.',
      })
    case 'refused':
      return fail({
        name,
        message: 'Resend refuses the key.',
        remedy: 'Make one with sending access at resend.com/api-keys and set RESEND_API_KEY to it.',
      })
    case 'limited':
      return warn({ name, message: 'Resend asks to be called less often.', remedy: 'Ask again in a moment.' })
    case 'unreachable':
      return warn({
        name,
        message: 'Resend cannot be reached from here.',
        remedy: 'See that this machine may call api.resend.com over HTTPS.',
      })
    case 'strange':
      return warn({
        name,
        message: 'What answered does not answer as Resend does.',
        remedy: 'Look at RESEND_BASE_URL; leave it out to call Resend itself.',
      })
  }
}

function checkDomain({
  name,
  domains,
  domain,
}: {
  name: string
  domains: { name: string; status: string }[]
  domain: string | null
}): Check {
  if (domain === null) return ok({ name, message: 'Resend takes the key.' })
  const found = domains.find((known) => known.name.toLowerCase() === domain)
  if (found?.status === 'verified')
    return ok({ name, message: `Resend takes the key, and ${domain} is verified there.` })
  return fail({
    name,
    message: found
      ? `Resend takes the key, but ${domain} is not verified there: ${found.status}.`
      : `Resend takes the key, but does not know ${domain}.`,
    remedy: 'Verify the domain at resend.com/domains, or choose a sender address on one that is.',
  })
}

/** @param input.problem what a mailing would meet; null: nothing. */
export function checkMailServer({ problem }: { problem: Problem | null }): Check {
  const name = 'mail-server'
  if (problem === null)
    return ok({ name, message: 'The server of SMTP_URL takes the connection and the login.' })
  const { message, remedy } = inTwo(problem.message)
  return fail({ name, message, remedy })
}

/** The first sentence says what is wrong, the others what to do. */
function inTwo(text: string): { message: string; remedy: string } {
  const [, message = text, remedy = ''] = /^(.*?\.) (.*)$/.exec(text) ?? []
  return { message, remedy }
}

export function checkWebhook({
  mailer,
  hasWebhookSecret,
  lastEventAt,
  now,
}: {
  mailer: MailerKind
  hasWebhookSecret: boolean
  lastEventAt: Date | null
  now: Date
}): Check {
  const name = 'webhook'
  if (mailer !== 'resend') return ok({ name, message: 'Only Resend tells what became of a mail.' })
  if (!hasWebhookSecret)
    return warn({
      name,
      message: 'RESEND_WEBHOOK_SECRET is not set: nothing is known of what is delivered or bounces.',
      remedy:
        'Add a webhook to /api/webhooks/resend at resend.com/webhooks and set RESEND_WEBHOOK_SECRET to its signing secret.',
    })
  if (!lastEventAt)
    return warn({
      name,
      message: 'No event has been received.',
      remedy: 'See at resend.com/webhooks that the webhook leads to /api/webhooks/resend here.',
    })
  return ok({ name, message: `The last event was received ${ago(lastEventAt, now)}.` })
}
