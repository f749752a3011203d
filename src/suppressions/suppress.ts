import type { Payload } from 'payload'
import { depsOf } from '../deps.ts'
import { changeSuppression } from '../newsletter/changeSuppression.ts'
import type { Suppression, SuppressionReason } from '../newsletter/model.ts'
import { nextSuppression } from '../newsletter/rules/nextSuppression.ts'
import { normaliseEmail } from '../subscribers/emailAddress.ts'

/**
 * From now on this address is not mailed. Its subscriber becomes `suppressed`, except when they are erased or moved. One that is
 * suppressed for a weightier reason keeps that. Doing it again changes nothing.
 * Writes as the system: the caller says who may.
 * @param suppressed.detail more about the reason, for staff; null for `erased`.
 * @throws what the database throws; doing it again makes up for what was lost.
 */
export async function suppress({
  payload,
  email: given,
  reason,
  detail,
  now,
}: {
  payload: Payload
  email: string
  reason: SuppressionReason
  detail: string | null
  now: Date
}): Promise<Suppression | null> {
  const deps = depsOf(payload)
  const email = normaliseEmail(given)
  const cause = { reason, detail, suppressedAt: now, madeBy: null }
  const hasList = deps.env.mailer.kind === 'resend'
  const { is } = await changeSuppression(deps, {
    email,
    isConfirmed: () => true,
    decide: (was) => {
      const next = nextSuppression({ was, cause, email })
      if (next === was) return was
      // What bounced or was complained about the provider has itself; who was erased it is not told of.
      const isToTell = reason === 'manual' && hasList
      return { ...next, toTellProvider: isToTell ? 'suppress' : null }
    },
  })
  return is
}
