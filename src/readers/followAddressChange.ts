import type { PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { addressHash } from '../newsletter/rules/addressHash.ts'
import type { Subscriber } from '../payload-types.ts'
import { suppressHash } from '../suppressions/suppressHash.ts'
import { addressChangeKey, liftForOwner } from './finishAddressChange.ts'
import { recordConsent } from './recordConsent.ts'

/**
 * What follows when staff, or a program, wrote another address for somebody: who did it is on record, and the address
 * before is suppressed. It is not told: staff mend misspelt ones, which belong to strangers.
 * Writes as the system: whoever changed the subscriber could.
 * @param change.reader as they are now.
 */
export async function followAddressChange({
  reader,
  formerEmail,
  req,
}: {
  reader: Subscriber
  formerEmail: string
  req: PayloadRequest
}): Promise<void> {
  const { user, payload } = req
  const { clock, secret } = depsOf(payload)
  const now = clock.now()
  const hash = addressHash({ secret, email: formerEmail })
  await recordConsent({
    payload,
    consent: {
      subscriberId: String(reader.id),
      kind: 'address-changed',
      at: now,
      text: null,
      locale: reader.locale,
      source: user ? 'staff' : 'system',
      by: user ? String(user.id) : null,
      ...(user && { byName: user.name || user.email }),
      formerAddressHash: hash,
      key: addressChangeKey(reader),
    },
    req,
  })
  await liftForOwner({ payload, email: reader.email, reason: 'Changed back', now })
  await suppressHash({ payload, hash, reason: 'moved', now })
}
