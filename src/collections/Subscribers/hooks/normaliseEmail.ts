import type { CollectionBeforeValidateHook } from 'payload'
import { normaliseEmail as normalise } from '../../../subscribers/emailAddress.ts'

/** One spelling per address, so that the unique index means one person. */
export const normaliseEmail: CollectionBeforeValidateHook = ({ data }) =>
  data && typeof data.email === 'string' ? { ...data, email: normalise(data.email) } : data
