import type { Clock } from '../newsletter/ports.ts'
import type { SubscriberStatus } from '../newsletter/model.ts'

/** Somebody who asked for the newsletter. */
export interface Waiting {
  status: SubscriberStatus
  email: string
  askedAt: Date | null
}

/** What became of it; `sent`: until when the link works. */
export type ConfirmationAgain =
  { kind: 'sent'; until: Date } | { kind: 'not_waiting' | 'expired' | 'suppressed' | 'too_soon' }

export interface ConfirmAgainPorts {
  clock: Clock
  isSuppressed: (email: string) => Promise<boolean>
  /** A turn to mail the address a link; null when it has had its few. See limits/takeConfirmation. */
  takeTurn: (email: string) => Promise<{ giveBack: () => Promise<void> } | null>
  /**
   * Writes the mail down: the link says when they asked, and the words are those that they read then. @returns false when they
   * are gone.
   */
  mailLink: (askedAt: Date) => Promise<boolean>
}

/**
 * How long somebody who asked may take to confirm, however often they are reminded; the retention sweep keeps those who wait
 * for as long.
 */
export const WAITS_MS = 7 * 86_400_000

/** Until when somebody can confirm; null for who does not wait, or waited too long. */
export function confirmableUntil({ status, askedAt }: Omit<Waiting, 'email'>, now: Date): Date | null {
  if (status !== 'pending' || !askedAt) return null
  const until = new Date(askedAt.getTime() + WAITS_MS)
  return until > now ? until : null
}

/**
 * Mails the link to confirm once more to somebody who still waits. Nothing of their asking is changed: the time that they
 * have is not made longer, so that nobody is reminded for ever of what they did not ask for.
 * @throws what the ports throw; asking again is not counted twice then.
 */
export async function confirmAgain(
  { clock, isSuppressed, takeTurn, mailLink }: ConfirmAgainPorts,
  waiting: Waiting,
): Promise<ConfirmationAgain> {
  if (waiting.status !== 'pending') return { kind: 'not_waiting' }
  const until = confirmableUntil(waiting, clock.now())
  if (!until || !waiting.askedAt) return { kind: 'expired' }
  if (await isSuppressed(waiting.email)) return { kind: 'suppressed' }
  const turn = await takeTurn(waiting.email)
  if (!turn) return { kind: 'too_soon' }
  let isMailed = false
  try {
    isMailed = await mailLink(waiting.askedAt)
  } finally {
    if (!isMailed) await turn.giveBack().catch(() => undefined)
  }
  return isMailed ? { kind: 'sent', until } : { kind: 'not_waiting' }
}
