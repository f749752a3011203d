import { APIError, type CollectionBeforeDeleteHook } from 'payload'
import { isEditor } from './isEditor.ts'

/** For deletions that Payload makes for a user without asking access. @throws 403 */
export const refuseUnlessEditor: CollectionBeforeDeleteHook = ({ req }) => {
  if (req.user && !isEditor({ req }))
    throw new APIError('Only an editor or an admin may do this.', 403, null, true)
}
