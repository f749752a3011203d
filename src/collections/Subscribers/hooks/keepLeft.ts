import type { CollectionAfterChangeHook } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { Subscriber } from '../../../payload-types.ts'
import { hasWithdrawn } from '../../../readers/lastDecision.ts'

/**
 * A save writes back every field as it was read, also the status of somebody who left in between: they stay away. It is on
 * record before they are told so (readers/leaveList, which looks once more after that).
 */
export const keepLeft: CollectionAfterChangeHook<Subscriber> = async ({
  doc,
  previousDoc,
  operation,
  req,
}) => {
  const { payload, user } = req
  const isLeftActive = operation === 'update' && doc.status === 'active' && previousDoc.status === 'active'
  if (!user || !isLeftActive) return doc
  if (!(await hasWithdrawn({ payload, subscriberId: String(doc.id) }))) return doc
  const left = { status: 'unsubscribed' as const, unsubscribedAt: depsOf(payload).clock.now().toISOString() }
  await payload.db.updateOne({
    collection: 'subscribers',
    where: { and: [{ id: { equals: doc.id } }, { status: { equals: 'active' } }] },
    data: left,
    req,
  })
  return { ...doc, ...left }
}
