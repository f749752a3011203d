import { changeSuppression } from './changeSuppression.ts'
import type { EventStore } from './eventPorts.ts'
import type { ProviderEventKind, Suppression } from './model.ts'
import type { RecordedEvent, Recording } from './recordEvents.ts'
import { addressHash } from './rules/addressHash.ts'
import { nextSuppression, withoutTransientBounces } from './rules/nextSuppression.ts'
import { isBrokenByDelivery, suppressionFrom } from './rules/suppressionFrom.ts'

/** These tell against an address; a delivery tells for one that bounced before. */
const TELLS_AGAINST: readonly ProviderEventKind[] = ['bounced', 'complained', 'suppressed']

/** The suppressions that follow from events which were kept before. */
export async function suppressByEvents(
  recording: Recording,
  recorded: readonly RecordedEvent[],
): Promise<void> {
  const against = emailsOf(recorded, (kind) => TELLS_AGAINST.includes(kind))
  const delivered = emailsOf(recorded, (kind) => kind === 'delivered')
  const bounced = await onlyBounced(
    recording,
    [...delivered].filter((email) => !against.has(email)),
  )
  for (const email of [...against, ...bounced]) await suppressAddress(recording, email)
}

const emailsOf = (
  recorded: readonly RecordedEvent[],
  isOne: (kind: ProviderEventKind) => boolean,
): Set<string> => new Set(recorded.flatMap(({ event, email }) => (isOne(event.kind) ? (email ?? []) : [])))

async function onlyBounced({ events, secret }: Recording, emails: readonly string[]): Promise<string[]> {
  if (emails.length === 0) return []
  const hashOf = (email: string) => addressHash({ secret, email })
  const bounced = await events.findBounced(emails.map(hashOf))
  return emails.filter((email) => bounced.has(hashOf(email)))
}

/**
 * The suppression that follows from all that is known of an address. Asked again after it is written: who keeps an event
 * right then has either seen what was written, or is seen.
 */
async function suppressAddress(recording: Recording, email: string): Promise<void> {
  const { events, secret, clock } = recording
  const hash = addressHash({ secret, email })
  for (let isSettled = false; !isSettled;) {
    let isCaused = false
    const { was, is } = await changeSuppression(recording, {
      email,
      isConfirmed: () => isCaused,
      decide: async (before) => {
        const { next, hasCause } = await decide({ events, hash, email, was: before })
        isCaused = hasCause
        // Before it is written that they are let go of: a try that is cut off finds them suppressed again.
        if (before && isTakenBack(before, next))
          await restore({ events, email, was: before, now: clock.now() })
        return next
      },
    })
    isSettled = was === is
  }
}

const isTakenBack = (before: Suppression, next: Suppression | null): boolean =>
  before.liftedAt === null && (next === null || next.liftedAt !== null)

async function decide({
  events,
  hash,
  email,
  was,
}: {
  events: EventStore
  hash: string
  email: string
  was: Suppression | null
}): Promise<{ next: Suppression | null; hasCause: boolean }> {
  const told = await events.readAddressEvents(hash)
  const unlistedAt = was?.forgivenAt ?? null
  const cause = suppressionFrom({ events: told, forgivenAt: was?.liftedAt ?? unlistedAt, unlistedAt })
  if (cause) return { next: nextSuppression({ was, cause, email }), hasCause: true }
  const isBroken = was !== null && isBrokenByDelivery({ events: told, suppressedAt: was.suppressedAt })
  return { next: isBroken ? withoutTransientBounces(was) : was, hasCause: false }
}

/** Gives back the status of before the suppression. A person who has left since stays unsubscribed. */
async function restore({
  events,
  email,
  was: { statusBefore },
  now,
}: {
  events: EventStore
  email: string
  was: Suppression
  now: Date
}): Promise<void> {
  if (statusBefore === null) return
  const subscriber = await events.findAddressed(email)
  const hasLeft = subscriber !== null && subscriber.unsubscribedAt !== null
  const to = hasLeft ? 'unsubscribed' : statusBefore
  await events.moveAddressed({ email, from: ['suppressed'], to, now })
}
