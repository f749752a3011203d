import type { GuardedNumbers } from '../eventPorts.ts'
import type { Problem } from '../model.ts'
import { MAX_BOUNCED, MAX_COMPLAINED } from './guard.ts'

/** Of fewer mails it may well be that nothing is told; what more would tell is not worth the wait. */
export const CANARY_MAILS = { least: 20, most: 500 } as const

/** What staff may set, and what holds until they do. */
export const CANARY_PERCENT = { least: 1, most: 50, unset: 10 } as const
export const CANARY_MINUTES = { least: 5, most: 240, unset: 30 } as const

/** How many mails a canary is to have, about; 0: the audience is so small that all of it is mailed at once. */
export function canarySize({ audience, percent }: { audience: number; percent: number }): number {
  const share = Math.ceil((audience * percent) / 100)
  const size = Math.min(Math.max(share, CANARY_MAILS.least), CANARY_MAILS.most)
  return audience < 2 * size ? 0 : size
}

/** Of a few hundred mails one complaint, or two bounces, are people and no rate. */
const FEWEST_BOUNCED = 3
const FEWEST_COMPLAINED = 2

export const CANARY_BOUNCED = 'canary_bounced'
export const CANARY_COMPLAINED = 'canary_complained'

/** Why the rest must not follow, by what the provider told of the first part; null when it may. */
export function canaryProblem({ submitted, bounced, complained }: GuardedNumbers): Problem | null {
  if (complained >= FEWEST_COMPLAINED && complained > submitted * MAX_COMPLAINED)
    return {
      code: CANARY_COMPLAINED,
      message: `${complained} of the first ${submitted} mails were reported as spam, and the rest was not mailed: above 0.08 % providers stop a sender. Look at who is on the list and how they asked for the newsletter, then resume, which mails the rest, or cancel.`,
    }
  if (bounced >= FEWEST_BOUNCED && bounced > submitted * MAX_BOUNCED)
    return {
      code: CANARY_BOUNCED,
      message: `${bounced} of the first ${submitted} mails bounced, and the rest was not mailed: above 4 % providers stop a sender. Look at where these addresses came from, then resume, which mails the rest, or cancel.`,
    }
  return null
}
