import { z } from 'zod'
import type { Mail, MailResult, Outcome } from '../../../newsletter/model.ts'
import { domainNotVerified, unreadableAnswer } from './problems.ts'
import { withoutSecrets } from '../withoutSecrets.ts'

const answer = z.object({
  data: z.array(z.object({ id: z.string() })),
  errors: z.array(z.object({ index: z.number(), message: z.string() })).default([]),
})

/**
 * Classifies the body of a 2xx answer to a permissive batch: `data` holds the ids of the mails that were taken, in the
 * order of the call; `errors` the others by their place in it.
 * (https://resend.com/docs/dashboard/emails/batch-validation-modes)
 */
export function classifyAnswer({ body, mails }: { body: unknown; mails: readonly Mail[] }): Outcome {
  const parsed = answer.safeParse(body)
  if (!parsed.success) return { kind: 'unknown', problem: unreadableAnswer }
  const { data, errors } = parsed.data
  if (errors.length === mails.length && errors.every(({ message }) => isAboutSender(message)))
    return { kind: 'refused', problem: domainNotVerified }
  const messages = new Map(errors.map(({ index, message }) => [index, message]))
  // Which id is whose can only be told when every mail has one or an error.
  const isComplete = data.length + messages.size === mails.length
  const ids = data.map(({ id }) => id)
  const results = mails.map((_, index): MailResult => {
    const message = messages.get(index)
    if (message !== undefined)
      return { kind: 'rejected', code: 'validation_error', detail: withoutSecrets(message) }
    const id = ids.shift()
    return isComplete && id !== undefined
      ? { kind: 'accepted', providerId: id }
      : { kind: 'unknown', code: 'not_mentioned', detail: null }
  })
  return { kind: 'answered', results }
}

/** What is wrong with the sender is wrong with every mail: to record it as a fault of 100 recipients would lose them. */
const isAboutSender = (message: string) =>
  /domain is not verified|only send testing emails|`from` field/i.test(message)
