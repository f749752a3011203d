import type { Payload } from 'payload'
import type { AddressedSubscriber } from '../newsletter/eventPorts.ts'
import type { Suppression } from '../newsletter/model.ts'
import { needsNewConsent } from '../newsletter/rules/needsNewConsent.ts'
import { hasWithdrawn } from '../readers/lastDecision.ts'

/**
 * What a suppressed subscriber is once nothing keeps mail from them. When it was the address that took no mail, what they
 * were, unless they have left since; when they did not want the mail, unsubscribed: only they can ask for the newsletter
 * anew, or give staff a new consent. Who had not confirmed yet still has not.
 * @param input.suppression with what they were until then; null when nobody knows.
 */
export async function statusWithoutSuppression({
  payload,
  subscriber: { id, consentAt, unsubscribedAt },
  suppression: { reason, statusBefore },
}: {
  payload: Payload
  subscriber: Pick<AddressedSubscriber, 'id' | 'consentAt' | 'unsubscribedAt'>
  suppression: Pick<Suppression, 'reason' | 'statusBefore'>
}): Promise<'pending' | 'active' | 'unsubscribed'> {
  if (unsubscribedAt !== null || (await hasWithdrawn({ payload, subscriberId: id }))) return 'unsubscribed'
  if (statusBefore === 'pending') return 'pending'
  if (needsNewConsent(reason)) return 'unsubscribed'
  const hasAgreed = statusBefore === 'active' || (statusBefore === null && consentAt !== null)
  return hasAgreed ? 'active' : 'unsubscribed'
}
