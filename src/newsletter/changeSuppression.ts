import type { SuppressionStore } from './eventPorts.ts'
import type { SubscriberStatus, Suppression } from './model.ts'
import type { Clock } from './ports.ts'
import { addressHash } from './rules/addressHash.ts'
import { isHashOnly } from './rules/isHashOnly.ts'

interface Suppressing {
  events: SuppressionStore
  secret: string
  clock: Clock
}

const TRIES = 20

/**
 * Changes the suppression of an address by `decide`, which may be asked again when somebody else changes it meanwhile,
 * and moves its subscriber with it: to `suppressed`, unless erased or moved. Whoever is let go of is moved by the caller. Can be
 * repeated, and makes up for what a crash left undone.
 * @param change.email normalised.
 * @param change.decide gives what it got when nothing is to change.
 * @param change.isConfirmed whether what was decided last is a cause for the suppression that there is: it is written once more then,
 * where an import may have made it, so that whoever takes the import back leaves it.
 * @returns what it was and is; the same object when nothing was changed.
 */
export async function changeSuppression(
  { events, secret, clock }: Suppressing,
  {
    email,
    decide,
    isConfirmed = () => false,
  }: {
    email: string
    isConfirmed?: () => boolean
    decide: (was: Suppression | null) => Suppression | null | Promise<Suppression | null>
  },
): Promise<{ was: Suppression | null; is: Suppression | null }> {
  const hash = addressHash({ secret, email })
  for (let tries = 0; tries < TRIES; tries++) {
    const was = (await events.readSuppressions([hash])).get(hash) ?? null
    const wanted = await decide(was)
    const isDue = wanted !== null && wanted.liftedAt === null && !isHashOnly(wanted.reason)
    const is = isDue ? await withStatusBefore({ events, suppression: wanted, email }) : wanted
    const isSame = isEqual(was, is)
    const isToOwn = isSame && isConfirmed() && mayBeOfImport(was)
    if ((!isSame || isToOwn) && !(await events.writeSuppression({ addressHash: hash, was, next: is })))
      continue
    if (isDue) await events.moveAddressed({ email, from: NOT_SUPPRESSED, to: 'suppressed', now: clock.now() })
    return { was, is: isSame ? was : is }
  }
  throw new Error('A suppression was changed by others again and again.')
}

/** As an import writes one. */
export const mayBeOfImport = (was: Suppression | null): boolean =>
  was !== null && was.liftedAt === null && was.madeBy === null && !isHashOnly(was.reason)

const NOT_SUPPRESSED: SubscriberStatus[] = ['pending', 'active', 'unsubscribed']

/** Remembers what the subscriber was, before they are moved. */
async function withStatusBefore({
  events,
  suppression,
  email,
}: {
  events: SuppressionStore
  suppression: Suppression
  email: string
}): Promise<Suppression> {
  if (suppression.statusBefore !== null) return suppression
  const { status } = (await events.findAddressed(email)) ?? { status: 'suppressed' }
  return status === 'suppressed' ? suppression : { ...suppression, statusBefore: status }
}

const isEqual = (one: Suppression | null, other: Suppression | null): boolean =>
  one === other || (one !== null && other !== null && keyOf(one) === keyOf(other))

const keyOf = (suppression: Suppression): string => JSON.stringify(Object.entries(suppression).toSorted())
