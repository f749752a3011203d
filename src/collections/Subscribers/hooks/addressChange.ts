import type { CollectionAfterChangeHook, CollectionBeforeChangeHook } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { Subscriber } from '../../../payload-types.ts'
import { followAddressChange } from '../../../readers/followAddressChange.ts'

/** Whoever writes another address: links that were mailed to the one before are void from then on. */
export const noteAddressChange: CollectionBeforeChangeHook<Subscriber> = ({
  data,
  originalDoc,
  operation,
  req,
}) =>
  operation === 'update' && data.email !== undefined && data.email !== originalDoc?.email
    ? { ...data, addressChangedAt: depsOf(req.payload).clock.now().toISOString() }
    : data

/** And no import brings the one before back. */
export const leaveFormerAddress: CollectionAfterChangeHook<Subscriber> = async ({
  doc,
  previousDoc,
  operation,
  req,
}) => {
  if (operation === 'update' && doc.email !== previousDoc.email)
    await followAddressChange({ reader: doc, formerEmail: previousDoc.email, req })
  return doc
}
