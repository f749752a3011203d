import type { CollectionBeforeChangeHook } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { Subscriber } from '../../../payload-types.ts'

type Times = Partial<Pick<Subscriber, 'askedAt' | 'unsubscribedAt'>>

/**
 * Keeps the times of asking, of consenting and of leaving with what they are of, whoever sets it: the person, staff or the
 * API. When somebody left stays known while they are suppressed.
 */
export const keepTimes: CollectionBeforeChangeHook<Subscriber> = ({ data, originalDoc, operation, req }) => {
  const now = depsOf(req.payload).clock.now().toISOString()
  const hasMoved = data.status !== undefined && data.status !== originalDoc?.status
  const isGivenByStaff =
    req.user && (operation === 'create' ? data.consentSource : hasMoved && data.status === 'active')
  // What was taken back stands there else.
  const isTimeSaid = data.consentAt && data.consentAt !== originalDoc?.consentAt
  return {
    ...data,
    ...(isGivenByStaff && !isTimeSaid && { consentAt: now }),
    ...(hasMoved && timesOf({ data, now })),
  }
}

function timesOf({ data, now }: { data: Partial<Subscriber>; now: string }): Times {
  switch (data.status) {
    case 'pending':
      return { askedAt: data.askedAt ?? now }
    case 'active':
      return { ...(data.askedAt && { askedAt: null }), unsubscribedAt: null }
    case 'unsubscribed':
      return { unsubscribedAt: now }
    case 'suppressed':
    case undefined:
      return {}
  }
}
