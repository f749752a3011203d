import type { CollectionBeforeValidateHook } from 'payload'
import { normaliseEmail as normalise } from '../../../subscribers/emailAddress.ts'

/**
 * One spelling per address, so that the unique index means one person. What is no text is as good as no address: Payload's
 * field takes a list for one, and the database does not.
 */
export const normaliseEmail: CollectionBeforeValidateHook = ({ data }) =>
  data && data.email !== undefined
    ? { ...data, email: typeof data.email === 'string' ? normalise(data.email) : null }
    : data
