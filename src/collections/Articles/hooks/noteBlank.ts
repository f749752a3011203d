import type { CollectionBeforeChangeHook } from 'payload'
import { isWritten } from '../../../content/isWritten.ts'

/**
 * “Create new” saves a draft before anybody has written a word. It is blank until a save brings something, in any
 * language; from then on it is never blank again, so that no text can be swept away with it.
 */
export const noteBlank: CollectionBeforeChangeHook = ({ data, operation, originalDoc }) => {
  const wasBlank = operation === 'create' || originalDoc?.isBlank === true
  return { ...data, isBlank: wasBlank && data._status !== 'published' && !isWritten(data) }
}
