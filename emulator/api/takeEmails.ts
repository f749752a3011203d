import type { Answer, ResendEmail } from '../model.ts'
import { apiError } from './answers.ts'
import { readEmail, type RecipientRule } from './readEmail.ts'

const MOST_PER_BATCH = 100

export interface TakeRules {
  refuse: RecipientRule
  verifiedDomains: readonly string[] | null
}

export interface Take {
  answer: Answer
  /** What is taken, with the ids that the answer gives. */
  accepted: { id: string; email: ResendEmail }[]
}

/** POST /emails: one e-mail. */
export function takeOne({
  body,
  rules,
  newId,
}: {
  body: unknown
  rules: TakeRules
  newId: () => string
}): Take {
  const read = readEmail({ body, ...rules })
  if ('fault' in read) return { answer: apiError(read.fault), accepted: [] }
  const id = newId()
  return { answer: { status: 200, body: { id } }, accepted: [{ id, email: read.email }] }
}

/**
 * POST /emails/batch. Strict takes all or none; permissive takes the good ones and lists the others by their place.
 * (https://resend.com/docs/dashboard/emails/batch-validation-modes) A sender whose domain is not verified is refused as a
 * whole in both: that is about the account, not about one e-mail.
 */
export function takeBatch({
  body,
  isPermissive,
  rules,
  newId,
}: {
  body: unknown
  isPermissive: boolean
  rules: TakeRules
  newId: () => string
}): Take {
  if (!Array.isArray(body) || body.length === 0) return refused('The batch must be a list of e-mails.')
  if (body.length > MOST_PER_BATCH) return refused(`A batch can have at most ${MOST_PER_BATCH} e-mails.`)
  const reads = body.map((one: unknown) => readOfBatch({ body: one, rules }))
  const faults = reads.flatMap((read, index) => ('fault' in read ? [{ index, ...read.fault }] : []))
  const fatal = faults.find(({ status }) => status === 403) ?? (isPermissive ? undefined : faults[0])
  if (fatal) return { answer: apiError(fatal), accepted: [] }
  const accepted = reads.flatMap((read) => ('email' in read ? [{ id: newId(), email: read.email }] : []))
  const data = accepted.map(({ id }) => ({ id }))
  const errors = faults.map(({ index, message }) => ({ index, message }))
  return { answer: { status: 200, body: isPermissive ? { data, errors } : { data } }, accepted }
}

function readOfBatch({ body, rules }: { body: unknown; rules: TakeRules }): ReturnType<typeof readEmail> {
  const hasAttachments =
    typeof body === 'object' && body !== null && 'attachments' in body && body.attachments
  if (!hasAttachments) return readEmail({ body, ...rules })
  const message = 'The `attachments` field is not supported in a batch.'
  return { fault: { status: 422, name: 'validation_error', message } }
}

const refused = (message: string): Take => ({
  answer: apiError({ status: 422, name: 'validation_error', message }),
  accepted: [],
})
