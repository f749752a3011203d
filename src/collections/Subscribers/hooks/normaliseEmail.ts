import type { CollectionBeforeValidateHook } from 'payload'

/** One spelling per address, so that the unique index means one person. */
export const normaliseEmail: CollectionBeforeValidateHook = ({ data }) =>
  data && typeof data.email === 'string' ? { ...data, email: data.email.trim().toLowerCase() } : data
