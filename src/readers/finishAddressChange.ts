import type { Payload, Where } from 'payload'
import { depsOf } from '../deps.ts'
import { changeSuppression } from '../newsletter/changeSuppression.ts'
import type { SuppressionReason } from '../newsletter/model.ts'
import { isHashOnly } from '../newsletter/rules/isHashOnly.ts'
import type { Subscriber } from '../payload-types.ts'
import { findSuppressed } from '../suppressions/findSuppressed.ts'
import { liftSuppression } from '../suppressions/liftSuppression.ts'
import { statusWithoutSuppression } from '../suppressions/statusWithoutSuppression.ts'
import { suppressHash } from '../suppressions/suppressHash.ts'
import { isConsentRecorded, recordConsent } from './recordConsent.ts'

interface Changed {
  payload: Payload
  /** As they are since they have the new address. */
  reader: Subscriber
  formerAddressHash: string
  now: Date
}

/**
 * What follows from a change of address that the person confirmed. That it is on record is written last: until then doing
 * it again makes up for what a crash left, and after it nothing is done again, as the old address may have been brought
 * back by whoever owns it.
 * @throws what the database throws.
 */
export async function finishAddressChange({
  payload,
  reader,
  formerAddressHash,
  now,
}: Changed): Promise<void> {
  const key = addressChangeKey(reader)
  if (await isConsentRecorded({ payload, key })) return
  await liftForOwner({ payload, email: reader.email, reason: 'Confirmed by mail', now })
  await settleStatus({ payload, reader, formerAddressHash, now })
  await suppressHash({ payload, hash: formerAddressHash, reason: 'moved', now })
  await recordConsent({
    payload,
    consent: {
      subscriberId: String(reader.id),
      kind: 'address-changed',
      at: reader.addressChangedAt ? new Date(reader.addressChangedAt) : now,
      text: null,
      locale: reader.locale,
      source: 'preferences',
      by: null,
      formerAddressHash,
      key,
    },
  })
}

/** Names one change of one person, whoever made it. */
export const addressChangeKey = ({
  id,
  addressChangedAt,
}: Pick<Subscriber, 'id' | 'addressChangedAt'>): string =>
  `address-changed:${id}:${addressChangedAt ? Date.parse(addressChangedAt) : 'once'}`

/** The owner of an address that is known by its hash alone is back at it. */
export async function liftForOwner({
  payload,
  email,
  reason,
  now,
}: {
  payload: Payload
  email: string
  reason: string
  now: Date
}): Promise<void> {
  const held = (await findSuppressed({ payload, emails: [email] })).get(email)
  if (held !== undefined && isHashOnly(held)) await liftSuppression({ payload, email, by: null, reason, now })
}

/** The old address took no mail: that says nothing of the new one. Whoever complained did not mean the address. */
const OF_THE_ADDRESS: SuppressionReason[] = ['bounced', 'provider']
const OF_THE_PERSON: SuppressionReason[] = ['complained', 'manual']

/** What the old address was suppressed for, and the new one may have been in this very moment, is known by now. */
async function settleStatus({ payload, reader, formerAddressHash, now }: Changed): Promise<void> {
  const deps = depsOf(payload)
  const { email } = reader
  const former = (await deps.events.readSuppressions([formerAddressHash])).get(formerAddressHash)
  const held = former?.liftedAt === null ? former : null
  if (held && OF_THE_PERSON.includes(held.reason))
    await deps.events.moveAddressed({ email, from: ['active', 'pending'], to: 'suppressed', now })
  if (held && OF_THE_ADDRESS.includes(held.reason) && reader.status === 'suppressed') {
    const { id, consentAt, unsubscribedAt } = reader
    const subscriber = {
      id: String(id),
      consentAt: dateOf(consentAt),
      unsubscribedAt: dateOf(unsubscribedAt),
    }
    const to = await statusWithoutSuppression({ payload, subscriber, suppression: held })
    await release({ payload, reader, to, now })
  }
  // Its own suppression, if there is one by now, moves the subscriber; one that comes later finds them.
  await changeSuppression(deps, { email, decide: (was) => was })
}

/** Not when the new address must not be mailed, and nobody is active again who has left meanwhile. */
async function release({
  payload,
  reader: { id, email },
  to,
  now,
}: {
  payload: Payload
  reader: Subscriber
  to: 'pending' | 'active' | 'unsubscribed'
  now: Date
}): Promise<void> {
  if ((await findSuppressed({ payload, emails: [email] })).has(email)) return
  const isAsItWas: Where = {
    and: [{ id: { equals: id } }, { email: { equals: email } }, { status: { equals: 'suppressed' } }],
  }
  await payload.db.updateOne({
    collection: 'subscribers',
    where: to !== 'unsubscribed' ? { and: [isAsItWas, { unsubscribedAt: { exists: false } }] } : isAsItWas,
    data: { status: to, updatedAt: now.toISOString() },
    returning: false,
  })
}

const dateOf = (time: string | null | undefined) => (time ? new Date(time) : null)
