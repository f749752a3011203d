import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import type { HashOnlyReason, Suppression } from '../newsletter/model.ts'
import { mayBeOfImport } from '../newsletter/changeSuppression.ts'
import { nextSuppression } from '../newsletter/rules/nextSuppression.ts'

const TRIES = 20

/**
 * The same as `suppress`, for an address of which nothing but the hash is known or is to be kept. No subscriber is moved:
 * nobody has the address any more. Doing it again changes nothing.
 * Writes as the system: the caller says who may.
 * @param suppressed.unlessLifted leaves an address alone that its owner has brought back since.
 * @returns whether the address is suppressed now.
 * @throws what the database throws; doing it again makes up for what was lost.
 */
export async function suppressHash({
  payload,
  hash,
  reason,
  unlessLifted = false,
  now,
}: {
  payload: Payload
  /** See newsletter/rules/addressHash. */
  hash: string
  reason: HashOnlyReason
  unlessLifted?: boolean
  now: Date
}): Promise<boolean> {
  const { events } = depsOf(payload)
  const cause = { reason, detail: null, suppressedAt: now, madeBy: null }
  for (let tries = 0; tries < TRIES; tries++) {
    const was: Suppression | null = (await events.readSuppressions([hash])).get(hash) ?? null
    if (unlessLifted && was && was.liftedAt !== null) return false
    const next = nextSuppression({ was, cause, email: null })
    // Of such an address the provider is told nothing.
    if (next === was && !mayBeOfImport(was)) return true
    if (
      await events.writeSuppression({
        addressHash: hash,
        was,
        next: next === was ? was : { ...next, toTellProvider: null },
      })
    )
      return true
  }
  throw new Error('A suppression was changed by others again and again.')
}
