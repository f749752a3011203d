import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { limitsOf } from '../limits/limitsOf.ts'
import { DEFAULT_LOCALE } from '../newsletter/model.ts'
import type { ContactMessage } from '../payload-types.ts'
import { askToSubscribe } from '../subscribing/askToSubscribe.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import type { MailRequest } from '../transactional/mailRequest.ts'
import { queueMail } from '../transactional/queueMail.ts'

const DAY_MS = 86_400_000
const THANKS_A_DAY = 3

/**
 * Everything that follows from a message: the notice to staff, the thanks to the person, and their wish for the
 * newsletter. Done in part it can be done again, also by two at once: of each mail there is one.
 * @throws what the database throws; then the message is found again (followUpForgotten).
 */
export async function followUp({
  payload,
  message,
}: {
  payload: Payload
  message: ContactMessage
}): Promise<void> {
  const notice = await noticeOf({ payload, message })
  if (notice) await queueMail({ payload, request: notice })
  if (await isToBeThanked({ payload, message })) await queueMail({ payload, request: thanksOf(message) })
  const { clock } = depsOf(payload)
  const { name, email, locale } = message
  if (message.wantsNewsletter)
    await askToSubscribe({
      payload,
      person: { name, email, locale },
      source: `form /${locale}/contact`,
      now: clock.now(),
    })
  await payload.db.updateOne({
    collection: 'contact-messages',
    id: message.id,
    data: { mailsQueuedAt: clock.now().toISOString() },
    returning: false,
  })
}

type ContactMail = Extract<MailRequest, { kind: 'contact-thanks' | 'contact-notice' }>

const thanksOf = (asked: ContactMessage): ContactMail => ({
  kind: 'contact-thanks',
  to: { email: asked.email, name: asked.name },
  locale: asked.locale,
  message: asked.message,
  contactMessageId: String(asked.id),
  idempotencyKey: keyOf({ message: asked, kind: 'contact-thanks' }),
})

/** Null where the site says no address at all. */
async function noticeOf({
  payload,
  message: asked,
}: {
  payload: Payload
  message: ContactMessage
}): Promise<ContactMail | null> {
  const { id, name, email, message } = asked
  const { contactNoticeTo, replyTo, senderEmail } = await payload.findGlobal({
    slug: 'site',
    select: { contactNoticeTo: true, replyTo: true, senderEmail: true },
    depth: 0,
    overrideAccess: true,
  })
  const to = [contactNoticeTo, replyTo, senderEmail].find((address) => address?.trim())
  if (!to) return null
  return {
    kind: 'contact-notice',
    to: { email: to, name: null },
    locale: DEFAULT_LOCALE,
    message,
    from: { name, email },
    adminUrl: `${depsOf(payload).env.serverUrl}/admin/collections/contact-messages/${id}`,
    contactMessageId: String(id),
    idempotencyKey: keyOf({ message: asked, kind: 'contact-notice' }),
  }
}

/**
 * Nobody's inbox can be filled with thanks, and a suppressed address gets none. Decided once for each message and kept on
 * it, so that the thanks is made however often that has to be tried.
 */
async function isToBeThanked({
  payload,
  message: { id, email, isToBeThanked: decided },
}: {
  payload: Payload
  message: ContactMessage
}): Promise<boolean> {
  if (typeof decided === 'boolean') return decided
  const suppressed = await findSuppressed({ payload, emails: [email] })
  if (suppressed.has(email)) await keepDecision({ payload, id, isToBeThanked: false })
  else await countThanks({ payload, id, email })
  const row = await payload.findByID({
    collection: 'contact-messages',
    id,
    select: { isToBeThanked: true },
    depth: 0,
    joins: false,
    overrideAccess: true,
  })
  return row.isToBeThanked === true
}

/** A crash right between the counting and the keeping costs the address one thanks of that day. */
async function countThanks({
  payload,
  id,
  email,
}: Pick<ContactMessage, 'id' | 'email'> & { payload: Payload }): Promise<void> {
  const limits = limitsOf(payload)
  const turn = { key: `contact thanks ${email}`, points: THANKS_A_DAY, perMs: DAY_MS }
  const isToBeThanked = await limits.take(turn)
  let isKept = false
  try {
    isKept = await keepDecision({ payload, id, isToBeThanked })
  } finally {
    // Not decided, or by another who counted it too.
    if (!isKept) await limits.giveBack(turn)
  }
}

/** One conditional write. @returns false, with nothing changed, when it was decided before. */
async function keepDecision({
  payload,
  id,
  isToBeThanked,
}: {
  payload: Payload
  id: ContactMessage['id']
  isToBeThanked: boolean
}): Promise<boolean> {
  const kept = await payload.db.updateOne({
    collection: 'contact-messages',
    where: { and: [{ id: { equals: id } }, { isToBeThanked: { equals: null } }] },
    data: { isToBeThanked },
  })
  return Boolean(kept)
}

/** The same however often it is asked for; the time too, as a database that is made anew counts its ids from 1. */
const keyOf = ({ message, kind }: { message: ContactMessage; kind: ContactMail['kind'] }) =>
  `${kind}-${message.id}-${new Date(message.createdAt).getTime().toString(36)}`
