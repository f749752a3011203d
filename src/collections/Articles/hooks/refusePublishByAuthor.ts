import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { isEditor } from '../../../access/isEditor.ts'

/**
 * Whatever the way (save, autosave, restore, bulk, schedule), an author's write never ends published. Writes without
 * a user are the system's own.
 */
export const refusePublishByAuthor: CollectionBeforeChangeHook = ({ data, req }) => {
  if (req.user && !isEditor({ req }) && data._status === 'published')
    throw new APIError('An author writes drafts; ask an editor to publish this article.', 403, null, true)
  return data
}
