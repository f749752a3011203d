import type { BasePayload, Endpoint } from 'payload'
import { depsOf } from '../../deps.ts'
import { readBody } from '../../limits/readBody.ts'
import { startIntake } from '../../newsletter/takeEvent.ts'
import { codeOf } from '../../codeOf.ts'
import type { PostedWebhook } from '../../web/shortWay.ts'
import { dataAnswer, NOT_SAVED, problemAnswer, type Problem } from '../reader/answers.ts'

/** A webhook is a few thousand characters. */
const LONGEST_BODY = 256_000
const LONGEST_ID = 255

/**
 * `POST /api/webhooks/resend`: what Resend tells of mails, signed (https://resend.com/docs/webhooks/introduction). The
 * event goes into the webhook queue as it came in; a worker applies it (newsletter/applyEvents).
 * 200 {status: 'recorded' | 'known'}. 400 `signature_missing`, `timestamp_out_of_range`, `body_invalid` for what is no
 * JSON; whatever shape the JSON has, it is taken; 401 `signature_invalid`; 413 `body_too_large`. 503 makes Resend try
 * again later: `not_saved` when the database failed, `webhooks_full` when too many events wait, and
 * `webhook_not_configured` as long as RESEND_WEBHOOK_SECRET is not set.
 */
export const resendWebhookEndpoints: Endpoint[] = [
  {
    path: '/webhooks/resend',
    method: 'post',
    handler: (req) =>
      answerWebhook(req.payload, {
        headers: req.headers,
        readBody: () => readBody(req, { longest: LONGEST_BODY }),
      }),
  },
]

/** The same, for what comes in by the short way (web/shortWay). */
export const takeShortly =
  (payload: BasePayload) =>
  ({ headers, body }: PostedWebhook): Promise<Response> =>
    answerWebhook(payload, {
      headers,
      readBody: async () => (Buffer.byteLength(body) > LONGEST_BODY ? null : body),
    })

interface Posted {
  headers: Headers
  /** As it came in, since that is what was signed; null when it is too long. */
  readBody: () => Promise<string | null>
}

async function answerWebhook(payload: BasePayload, posted: Posted): Promise<Response> {
  const taken = await take(payload, posted)
  if ('status' in taken) {
    depsOf(payload).log('webhook.refused', { code: taken.code })
    return problemAnswer(posted, taken)
  }
  return dataAnswer({ status: taken.state === 'new' ? 'recorded' : 'known' })
}

const intakes = new WeakMap<BasePayload, ReturnType<typeof startIntake>>()

function intakeOf(payload: BasePayload): ReturnType<typeof startIntake> {
  const intake = intakes.get(payload) ?? startIntake(depsOf(payload))
  intakes.set(payload, intake)
  return intake
}

async function take(payload: BasePayload, posted: Posted): Promise<{ state: 'new' | 'known' } | Problem> {
  const deps = depsOf(payload)
  const { mailer } = deps.env
  const secret = mailer.kind === 'resend' ? mailer.webhookSecret : null
  if (secret === null) return NOT_CONFIGURED
  const signed = readHeaders(posted)
  if (!signed) return SIGNATURE_MISSING
  const body = await posted.readBody()
  if (body === null) return BODY_TOO_LARGE
  const { checkSignature } = await loadResend()
  switch (checkSignature({ secret, body, headers: signed, now: deps.clock.now() })) {
    case 'stale':
      return TIMESTAMP_OUT_OF_RANGE
    case 'forged':
      return SIGNATURE_INVALID
    case 'valid':
  }
  // Signed and unreadable: Resend tries again, and shows the failure to whoever looks there.
  if (!isJson(body)) return BODY_INVALID
  try {
    const event = { eventId: signed.id, body, receivedAt: deps.clock.now() }
    const state = await intakeOf(payload)(event)
    return state === 'full' ? WEBHOOKS_FULL : { state }
  } catch (error) {
    deps.log('webhook.not_recorded', { code: codeOf(error) })
    return NOT_SAVED
  }
}

/** Loaded with the first webhook, as most installations never get one; and once, since there may be thousands a second. */
const loadResend = () => (resend ??= loadOnce())

const loadOnce = () => import('../../adapters/mailer/resend/checkSignature.ts')
let resend: ReturnType<typeof loadOnce> | null = null

function readHeaders({ headers }: Posted) {
  const id = headers.get('svix-id')
  const timestamp = headers.get('svix-timestamp')
  const signature = headers.get('svix-signature')
  return id && id.length <= LONGEST_ID && timestamp && signature ? { id, timestamp, signature } : null
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body)
    return true
  } catch {
    return false
  }
}

const NOT_CONFIGURED: Problem = {
  status: 503,
  code: 'webhook_not_configured',
  text: {
    en: 'Set MAILER to resend and RESEND_WEBHOOK_SECRET to the signing secret of this webhook at Resend.',
    sv: 'Sätt MAILER till resend och RESEND_WEBHOOK_SECRET till webhookens signeringshemlighet hos Resend.',
  },
}

const SIGNATURE_MISSING: Problem = {
  status: 400,
  code: 'signature_missing',
  text: {
    en: 'The headers svix-id, svix-timestamp and svix-signature must be there.',
    sv: 'Huvudena svix-id, svix-timestamp och svix-signature måste finnas.',
  },
}

const TIMESTAMP_OUT_OF_RANGE: Problem = {
  status: 400,
  code: 'timestamp_out_of_range',
  text: {
    en: 'svix-timestamp must be within five minutes of the time here. If it is, look at this machine’s clock.',
    sv: 'svix-timestamp får skilja högst fem minuter från tiden här. Gör den inte det, se över maskinens klocka.',
  },
}

const SIGNATURE_INVALID: Problem = {
  status: 401,
  code: 'signature_invalid',
  text: {
    en: 'The signature does not match: RESEND_WEBHOOK_SECRET must be the signing secret of this very webhook.',
    sv: 'Signaturen stämmer inte: RESEND_WEBHOOK_SECRET måste vara just den här webhookens signeringshemlighet.',
  },
}

const BODY_INVALID: Problem = {
  status: 400,
  code: 'body_invalid',
  text: { en: 'This is no JSON.', sv: 'Det här är ingen JSON.' },
}

const BODY_TOO_LARGE: Problem = {
  status: 413,
  code: 'body_too_large',
  text: {
    en: 'The body is longer than any webhook of Resend.',
    sv: 'Kroppen är längre än någon webhook från Resend.',
  },
}

/** With a worker the queue is short again within a minute. */
const WEBHOOKS_FULL: Problem = {
  status: 503,
  code: 'webhooks_full',
  retryAfter: 60,
  text: {
    en: 'Too many events wait for a worker already. See that one runs. Please post this one again later.',
    sv: 'För många händelser väntar redan på utskickstjänsten. Se till att den är igång, och skicka händelsen igen senare.',
  },
}
