import type { CollectionBeforeChangeHook } from 'payload'

/** Keeps the time of leaving with the status, whoever sets it: the person, staff or the API. */
export const recordLeaving: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  if (data.status === undefined || data.status === originalDoc?.status) return data
  return { ...data, unsubscribedAt: data.status === 'unsubscribed' ? new Date().toISOString() : null }
}
