import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { takeConfirmation } from '../limits/takeConfirmation.ts'
import type { Locale } from '../newsletter/model.ts'
import type { Subscriber } from '../payload-types.ts'
import { rowOf } from '../readers/findReader.ts'
import { recordConsent } from '../readers/recordConsent.ts'
import { normaliseEmail } from '../subscribers/emailAddress.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { queueMail } from '../transactional/queueMail.ts'
import { readConsentText } from './consentText.ts'
import { confirmLink } from './rules/confirmLink.ts'
import { shouldSendLink } from './rules/shouldSendLink.ts'
import { findByEmail, saveAsking } from './saveAsking.ts'

export interface AskingPerson {
  email: string
  name: string | null
  locale: Locale
  /** Slugs; those that name no topic are passed over. */
  topics?: string[]
}

/**
 * Somebody asked for the newsletter with an address that may or may not be theirs. Where it should, this writes down
 * that they asked and mails a link to confirm; the caller answers the same whatever happened here, and learns nothing.
 * Writes as the system: nobody is logged in.
 * @param asking.source where they asked, such as `form /sv/subscribe`; kept with the consent.
 * @throws what the database throws. Asking again makes up for what was lost.
 */
export async function askToSubscribe({
  payload,
  person,
  source,
  now,
}: {
  payload: Payload
  person: AskingPerson
  source: string
  now: Date
}): Promise<void> {
  const email = normaliseEmail(person.email)
  const [subscriber, suppressed] = await Promise.all([
    findByEmail({ payload, email }),
    findSuppressed({ payload, emails: [email] }),
  ])
  const { status = null } = subscriber ?? {}
  if (!shouldSendLink({ status, suppression: suppressed.get(email) ?? null })) return
  const turn = await takeConfirmation({ payload, email })
  if (!turn) return
  try {
    await writeDown({ payload, person: { ...person, email }, source, now })
  } catch (error) {
    // The mail was not written: whoever tries again is not to wait a quarter of an hour. What failed first is told.
    await turn.giveBack().catch(() => undefined)
    throw error
  }
}

async function writeDown({
  payload,
  person,
  source,
  now,
}: Parameters<typeof askToSubscribe>[0]): Promise<void> {
  const { locale } = person
  const asked = await saveAsking({ payload, person, now })
  if (!asked) return
  const consentText = await readConsentText({ payload, locale })
  await recordAsked({ payload, asked, consentText, locale, source, now })
  await mailConfirmLink({ payload, asked, consentText, locale, askedAt: now })
}

interface Asked {
  payload: Payload
  asked: Subscriber
  /** The mail shows what is kept: whatever form they saw, they read it before they confirm. */
  consentText: string
  locale: Locale
}

const recordAsked = ({
  payload,
  asked,
  consentText,
  locale,
  source,
  now,
}: Asked & { source: string; now: Date }) =>
  recordConsent({
    payload,
    consent: {
      subscriberId: String(asked.id),
      kind: 'asked',
      at: now,
      text: consentText,
      locale,
      source,
      by: null,
    },
  })

/** Writes the mail down that asks somebody to confirm what they asked for then. @throws what the database throws. */
export async function mailConfirmLink({
  payload,
  asked,
  consentText,
  locale,
  askedAt,
}: Asked & { askedAt: Date }): Promise<void> {
  const { env, secret } = depsOf(payload)
  const subscriberId = String(asked.id)
  await queueMail({
    payload,
    request: {
      kind: 'confirm-subscription',
      confirmUrl: confirmLink({ baseUrl: env.serverUrl, secret, ...rowOf(asked), askedAt }),
      consentText,
      to: { email: asked.email, name: asked.name ?? null },
      locale,
      subscriberId,
    },
  })
}
