import { randomUUID } from 'node:crypto'
import { setTimeout as sleepFor } from 'node:timers/promises'
import addressparser from 'nodemailer/lib/addressparser'
import type { EmailAdapter, Payload } from 'payload'
import type { Mail, Outcome } from '../newsletter/model.ts'
import type { Mailer } from '../newsletter/ports.ts'
import { AUTOMATIC_HEADERS } from '../newsletter/rules/headers.ts'

type Message = Parameters<ReturnType<EmailAdapter>['sendEmail']>[0]

/**
 * Payload's own mail (forgotten passwords) by way of the newsletter's mailer. Each recipient gets a mail under a random
 * key of its own, from the name that the message gives. A provider that is busy is asked a few times; a person who waits for a login does not wait for minutes.
 * @param host the domain that it is from while `siteDomain` knows none that the provider would. Newsletters are from another
 *   address of that domain: the two are told apart (Gmail's sender guidelines).
 * @throws an Error with a code and the provider's problem as its cause, when the mail was not surely handed over.
 */
export const authMail =
  ({
    mailer,
    host,
    siteDomain,
    sleep = sleepFor,
  }: {
    mailer: Mailer
    host: string
    siteDomain: (payload: Payload) => Promise<string | null>
    sleep?: (ms: number) => Promise<unknown>
  }): EmailAdapter =>
  ({ payload }) => ({
    name: 'utskick',
    defaultFromAddress: addressAt(host),
    defaultFromName: SENDER_NAME,
    sendEmail: async (message) => {
      const mails = await mailsOf({ message, from: addressAt((await siteDomain(payload)) ?? host) })
      if (mails.length === 0) throw new TypeError('A mail needs a recipient.')
      for (const mail of mails) await handOver({ mailer, mail, sleep })
    },
  })

const SENDER_NAME = 'Utskick'
const addressAt = (domain: string) => `utskick@${domain}`
const TRIES = 3
const LONGEST_PAUSE_MS = 3_000

async function handOver({
  mailer,
  mail,
  sleep,
}: {
  mailer: Mailer
  mail: Mail
  sleep: (ms: number) => Promise<unknown>
}): Promise<void> {
  const key = `auth-${randomUUID()}`
  let outcome = await mailer.send({ key, mails: [mail] })
  for (let tries = 1; tries < TRIES && isWorthRepeating({ outcome, mailer }); tries++) {
    await sleep(outcome.kind === 'later' ? (outcome.afterMs ?? 1_000) : 1_000)
    outcome = await mailer.send({ key, mails: [mail] })
  }
  const [result] = outcome.kind === 'answered' ? outcome.results : []
  if (result?.kind === 'accepted') return
  const { code, message } = reasonOf(outcome)
  const error = new Error(`The mail could not be handed over: ${message}`, { cause: outcome })
  throw Object.assign(error, { code: `mail_${code}` })
}

/** A call that may have been taken is repeated only where that surely makes no second mail. */
const isWorthRepeating = ({ outcome, mailer }: { outcome: Outcome; mailer: Mailer }) =>
  outcome.kind === 'later'
    ? (outcome.afterMs ?? 0) <= LONGEST_PAUSE_MS
    : outcome.kind === 'unknown' && mailer.repeatableMs > 0

function reasonOf(outcome: Outcome): { code: string; message: string } {
  if (outcome.kind !== 'answered') return outcome.problem
  const [result] = outcome.results
  if (!result || result.kind === 'accepted')
    return { code: 'not_mentioned', message: 'the answer was empty.' }
  return result.kind === 'rejected'
    ? { code: 'rejected', message: `the provider refuses the recipient (${result.code}).` }
    : { code: 'uncertain', message: `nobody knows whether it was taken (${result.code}).` }
}

async function mailsOf({ message, from }: { message: Message; from: string }): Promise<Mail[]> {
  const html = bodyOf(message.html) ?? `<pre>${escapeHtml(bodyOf(message.text) ?? '')}</pre>`
  const [replyTo] = addressesOf(message.replyTo)
  const [sender] = addressesOf(message.from)
  const text = bodyOf(message.text) ?? (await textOf(html))
  return [message.to, message.cc, message.bcc].flatMap(addressesOf).map((to) => ({
    to: { email: to.email, name: to.name || null },
    from: { email: from, name: sender?.name || SENDER_NAME },
    replyTo: replyTo?.email ?? null,
    subject: message.subject ?? '',
    html,
    text,
    headers: AUTOMATIC_HEADERS,
    tags: {},
    messageId: null,
    feedbackId: null,
  }))
}

/** An address in the forms that nodemailer takes, in any nesting. */
type Named = string | { address?: string | undefined; name?: string | undefined } | Named[] | undefined

function addressesOf(named: Named): { email: string; name: string }[] {
  if (!named) return []
  if (Array.isArray(named)) return named.flatMap(addressesOf)
  if (typeof named === 'string')
    return addressparser(named, { flatten: true }).map(({ address, name }) => ({ email: address, name }))
  return named.address ? [{ email: named.address, name: named.name ?? '' }] : []
}

/** Payload hands over strings; a stream or a file to read is nothing that a mail of ours may name. */
const bodyOf = (body: Message['html']): string | null => {
  if (body === undefined || body === null || body === '') return null
  if (typeof body === 'string') return body
  if (body instanceof Buffer) return body.toString('utf8')
  throw new TypeError('A mail body must be a string.')
}

/** Loaded when the first mail wants it: the web server hardly ever does. */
const textOf = async (html: string) => (await import('@react-email/render')).toPlainText(html)

const escapeHtml = (text: string) =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '')
