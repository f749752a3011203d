import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'
import { hasUsers } from '../../../accounts/setupCode.ts'

/** What the first user's row holds in `seat`: a unique index lets only one row do so. */
const FIRST_SEAT = 'first'

/** Says of a request that it registers the first user: it makes that one or none, whoever else comes in between. */
export const registerAsFirst = ({ context }: Pick<PayloadRequest, 'context'>): void => {
  context.registersFirstUser = true
}

/**
 * The first one registered is an admin: without one nobody could let anyone else in. The database decides who is first
 * when several are written at once, by the same write that makes the user: a failure leaves the seat free.
 */
export const makeFirstUserAdmin: CollectionBeforeChangeHook = async ({ data, operation, req }) => {
  if (operation !== 'create') return data
  const isFirst = req.context.registersFirstUser === true || !(await hasUsers(req.payload))
  return isFirst ? { ...data, role: 'admin', seat: FIRST_SEAT } : data
}

/** Whether a create failed because somebody else became the first user meanwhile. */
export const isSeatTaken = (error: unknown): boolean => {
  const { data } = (error ?? {}) as { data?: { errors?: { path?: string }[] } }
  return data?.errors?.some?.(({ path }) => path === 'seat') ?? false
}
