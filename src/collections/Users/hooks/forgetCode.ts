import type { CollectionAfterChangeHook, CollectionAfterDeleteHook } from 'payload'
import { forgetSetupCode } from '../../../accounts/setupCode.ts'

/** The code lets in one user, however they were made; the next one is printed at the next start without a user. */
export const forgetCodeOnCreate: CollectionAfterChangeHook = async ({ doc, operation, req }) => {
  if (operation === 'create') await forgetSetupCode(req.payload)
  return doc
}

/** A code from before the users was not used up where a crash came in between. */
export const forgetCodeOnDelete: CollectionAfterDeleteHook = async ({ doc, req }) => {
  await forgetSetupCode(req.payload)
  return doc
}
