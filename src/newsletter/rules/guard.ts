import type { GuardedNumbers } from '../eventPorts.ts'
import type { Problem } from '../model.ts'

/** Resend pauses senders above these shares of what was submitted: https://resend.com/docs/knowledge-base/account-quotas-and-limits */
export const MAX_BOUNCED = 0.04
export const MAX_COMPLAINED = 0.0008

/** Fewer say nothing: one complaint of a hundred mails is one person. */
export const GUARDED_FROM = 500

export const TOO_MANY_BOUNCES = 'too_many_bounces'
export const TOO_MANY_COMPLAINTS = 'too_many_complaints'

interface Guarded {
  numbers: GuardedNumbers
  guarded: GuardedNumbers | null
}

/**
 * Why a campaign must not go on, by what the provider told of its mails; null when it may.
 * @param input.guarded the numbers that staff have seen: only what came since counts.
 */
export function guardProblem(input: Guarded): Problem | null {
  const { submitted, bounced, complained } = sinceSeen(input)
  if (submitted < GUARDED_FROM) return null
  if (complained > submitted * MAX_COMPLAINED)
    return {
      code: TOO_MANY_COMPLAINTS,
      message: `${complained} of ${submitted} mails were reported as spam: above 0.08 % providers stop a sender. Look at who is on the list and how they asked for the newsletter, then resume or cancel.`,
    }
  if (bounced > submitted * MAX_BOUNCED)
    return {
      code: TOO_MANY_BOUNCES,
      message: `${bounced} of ${submitted} mails bounced: above 4 % providers stop a sender. Look at where these addresses came from, then resume or cancel.`,
    }
  return null
}

/**
 * Whether bounces and complaints are few enough, however many mails more were submitted: then nobody has to count them.
 * @param input.numbers with a number of submitted mails that is surely not too high.
 */
export function isWithinLimits(input: Guarded): boolean {
  const { submitted, bounced, complained } = sinceSeen(input)
  return complained <= submitted * MAX_COMPLAINED && bounced <= submitted * MAX_BOUNCED
}

const sinceSeen = ({ numbers, guarded }: Guarded): GuardedNumbers => ({
  submitted: numbers.submitted - (guarded?.submitted ?? 0),
  bounced: numbers.bounced - (guarded?.bounced ?? 0),
  complained: numbers.complained - (guarded?.complained ?? 0),
})
