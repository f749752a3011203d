import type { CollectionBeforeValidateHook } from 'payload'
import type { Subscriber } from '../../../payload-types.ts'
import { isHashOnly } from '../../../newsletter/rules/isHashOnly.ts'
import { wasReplacedByStaff } from '../../../readers/wasReplacedByStaff.ts'
import { refuseField } from '../../../refusals/refusal.ts'
import { findSuppressed } from '../../../suppressions/findSuppressed.ts'

const MESSAGES = {
  liftable: {
    sv: 'Adressen är spärrad och får inga nyhetsbrev. En administratör kan häva spärren under ”Spärrade adresser”.',
    en: 'The address is suppressed and gets no newsletters. An admin can lift that under “Suppressions”.',
  },
  ownersOnly: {
    sv: 'Den som hade adressen är raderad eller har bytt till en annan, och kommer tillbaka bara genom att själv be om nyhetsbrevet och bekräfta.',
    en: 'Whoever had the address was erased or changed to another, and comes back only by asking for the newsletter and confirming it themselves.',
  },
}

/**
 * Staff cannot bring back who bounced, complained or was erased by adding the address again: an admin lifts the suppression
 * first, with a reason. Who was erased or changed to another address comes back by themselves, but staff who misspelt a new
 * address can take that back.
 */
export const refuseSuppressed: CollectionBeforeValidateHook<Subscriber> = async ({
  data,
  originalDoc,
  req,
}) => {
  const email = data?.email ?? originalDoc?.email
  // What is no text is refused by the field.
  if (!req.user || !data || typeof email !== 'string' || !wantsMailAnew({ data, originalDoc })) return data
  const reason = (await findSuppressed({ payload: req.payload, emails: [email] })).get(email)
  if (reason === undefined) return data
  if (
    reason === 'moved' &&
    originalDoc?.id &&
    (await wasReplacedByStaff({ ...req, reader: originalDoc, email }))
  )
    return data
  throw refuseField({
    req,
    code: isHashOnly(reason) ? 'owner_left' : 'suppressed',
    collection: 'subscribers',
    path: 'email',
    text: MESSAGES[isHashOnly(reason) ? 'ownersOnly' : 'liftable'],
  })
}

/** Somebody new, another address, or somebody who got none before. */
function wantsMailAnew({
  data,
  originalDoc,
}: {
  data: Partial<Subscriber>
  originalDoc: Subscriber | undefined
}): boolean {
  if (!originalDoc) return true
  if (data.email !== undefined && data.email !== originalDoc.email) return true
  const status = data.status ?? originalDoc.status
  return status !== originalDoc.status && (status === 'active' || status === 'pending')
}
