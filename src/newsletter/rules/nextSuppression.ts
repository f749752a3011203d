import type { Suppression, SuppressionReason } from '../model.ts'
import { isHashOnly } from './isHashOnly.ts'

/** What speaks for suppressing an address: of provider events, or what somebody did. */
export interface SuppressionCause {
  reason: SuppressionReason
  detail: string | null
  suppressedAt: Date
  madeBy: Suppression['madeBy']
}

/** The first says most. Who was erased is known by nothing but the hash; who complained stays so whatever bounced. */
const WEIGHT: Record<SuppressionReason, number> = {
  erased: 5,
  complained: 4,
  manual: 3,
  bounced: 2,
  provider: 1,
  moved: 0,
}

/**
 * What an address's suppression becomes when there is a cause for one: the cause that says most stays, whichever was
 * known first, and of two that say the same the earlier one.
 * @param input.was what it was; null when the address was never suppressed.
 * @param input.email normalised; null where it is not known, for a cause that keeps none.
 * @returns `was` itself when nothing changes.
 */
export function nextSuppression({
  was,
  cause,
  email,
}: {
  was: Suppression | null
  cause: SuppressionCause
  email: string | null
}): Suppression {
  if (was && was.liftedAt === null && !isStronger({ was, cause })) return was
  // What the provider's list says is not news as long as that list is still to be told otherwise.
  if (was?.toTellProvider === 'lift' && cause.reason === 'provider') return was
  const isActive = was !== null && was.liftedAt === null
  return {
    ...liftedOnceBy({ was, cause }),
    forgivenAt: was?.forgivenAt ?? null,
    statusBefore: isActive ? was.statusBefore : null,
    toTellProvider: isActive ? was.toTellProvider : null,
    ...cause,
    email: isHashOnly(cause.reason) ? null : email,
    liftedAt: null,
  }
}

/** What staff wrote may name the person. */
function liftedOnceBy({
  was,
  cause: { reason },
}: {
  was: Suppression | null
  cause: SuppressionCause
}): Pick<Suppression, 'liftedBy' | 'liftedByName' | 'liftedReason'> {
  if (was === null || isHashOnly(reason)) return { liftedBy: null, liftedByName: null, liftedReason: null }
  const { liftedBy, liftedByName, liftedReason } = was
  return { liftedBy, liftedByName, liftedReason }
}

function isStronger({ was, cause }: { was: Suppression; cause: SuppressionCause }): boolean {
  if (was.madeBy === 'transient-bounces') return !isSame({ was, cause })
  if (cause.reason !== was.reason) return WEIGHT[cause.reason] > WEIGHT[was.reason]
  return was.madeBy === 'event' && cause.madeBy === 'event' && cause.suppressedAt <= was.suppressedAt
    ? !isSame({ was, cause })
    : false
}

const isSame = ({ was, cause }: { was: Suppression; cause: SuppressionCause }) =>
  cause.reason === was.reason &&
  cause.detail === was.detail &&
  cause.madeBy === was.madeBy &&
  cause.suppressedAt.getTime() === was.suppressedAt.getTime()

/**
 * Takes back a suppression that only transient bounces had made, as if it had never been: null, or lifted as it was.
 * @returns `was` itself for any other.
 */
export function withoutTransientBounces(was: Suppression | null): Suppression | null {
  if (was?.madeBy !== 'transient-bounces' || was.liftedAt !== null) return was
  if (was.forgivenAt === null) return null
  return { ...was, liftedAt: was.forgivenAt, statusBefore: null }
}
