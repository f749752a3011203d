import type { CollectionBeforeChangeHook } from 'payload'
import { isEditor } from '../../../access/isEditor.ts'

/** A new article belongs to whoever made it; only an editor gives it to somebody else. */
export const setOwner: CollectionBeforeChangeHook = ({ data, operation, originalDoc, req }) => {
  if (operation === 'create')
    return { ...data, owner: isEditor({ req }) && data.owner ? data.owner : req.user?.id }
  if (!req.user || isEditor({ req })) return data
  return { ...data, owner: originalDoc?.owner }
}
