import { z } from 'zod'
import type { ResendEmail } from '../model.ts'

/** What the API says of an e-mail that it does not take. */
export interface EmailFault {
  status: 403 | 422
  name: string
  message: string
}

/** Decides about each recipient; null: it is taken. */
export type RecipientRule = (address: string) => string | null

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())])
const email = z.object({
  from: z.string().optional(),
  to: list.optional(),
  cc: list.nullish(),
  bcc: list.nullish(),
  subject: z.string().optional(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  reply_to: list.nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
})

/** Reads and checks one e-mail of a call's body, as the API does. */
export function readEmail({
  body,
  refuse,
  verifiedDomains,
}: {
  body: unknown
  refuse: RecipientRule
  verifiedDomains: readonly string[] | null
}): { email: ResendEmail } | { fault: EmailFault } {
  const parsed = email.safeParse(body)
  if (!parsed.success)
    return invalid(`Invalid \`${String(parsed.error.issues[0]?.path[0] ?? 'body')}\` field.`)
  const { from, to, cc, bcc, subject, html, text, reply_to, headers, tags } = parsed.data
  const missing = Object.entries({ from, to, subject }).find(([, value]) => !value?.length)
  if (missing) return invalid(`Missing \`${missing[0]}\` field.`, 'missing_required_field')
  if (!html && !text) return invalid('Missing `html` or `text` field.', 'missing_required_field')
  if (!isNamedAddress(from ?? '')) return invalid(`Invalid \`from\` field. ${FORMAT}`)
  if ((to ?? []).length > 50) return invalid('The `to` field can have at most 50 recipients.')
  if (!to?.every(isNamedAddress)) return invalid(`Invalid \`to\` field. ${FORMAT}`)
  if (!cc?.every(isNamedAddress) && cc) return invalid(`Invalid \`cc\` field. ${FORMAT}`)
  if (!bcc?.every(isNamedAddress) && bcc) return invalid(`Invalid \`bcc\` field. ${FORMAT}`)
  if (tags?.some(({ name, value }) => !TAG.test(name) || !TAG.test(value)))
    return invalid('Tags should only contain ASCII letters, numbers, underscores, or dashes.')
  const domain = addressOf(from ?? '').split('@')[1] ?? ''
  if (verifiedDomains && !verifiedDomains.includes(domain)) return notVerified(domain)
  const refusal = to.map((one) => refuse(addressOf(one))).find((reason) => reason !== null)
  if (refusal) return invalid(refusal)
  return {
    email: {
      from: from ?? '',
      to,
      cc: cc ?? [],
      bcc: bcc ?? [],
      subject: subject ?? '',
      html: html ?? null,
      text: text ?? null,
      replyTo: reply_to ?? [],
      headers: headers ?? {},
      tags: tags ?? [],
    },
  }
}

/** The address of `Name <address>`. */
export const addressOf = (named: string): string => /<([^<>]*)>\s*$/.exec(named)?.[1] ?? named.trim()

/** The rule unless there is another: everybody at refused.example is refused, the others are taken. */
export const refuseOneDomain: RecipientRule = (address) =>
  address.endsWith('@refused.example')
    ? 'Invalid `to` field. Please use our testing email address instead of domains like `refused.example`.'
    : null

const FORMAT =
  'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'
const TAG = /^[\w-]{1,256}$/
const isNamedAddress = (named: string) => /^[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/.test(addressOf(named))

const invalid = (message: string, name = 'validation_error') => ({
  fault: { status: 422 as const, name, message },
})
const notVerified = (domain: string) => ({
  fault: {
    status: 403 as const,
    name: 'validation_error',
    message: `The ${domain} domain is not verified. Please, add and verify your domain on https://resend.com/domains`,
  },
})
