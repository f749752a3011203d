import type { CollectionBeforeDeleteHook } from 'payload'
import { isEditor } from './isEditor.ts'
import { EDITORS_ONLY } from './requireEditor.ts'
import { refusal } from '../refusals/refusal.ts'

/** For deletions that Payload makes for a user without asking access. @throws 403 */
export const refuseUnlessEditor: CollectionBeforeDeleteHook = ({ req }) => {
  if (req.user && !isEditor({ req }))
    throw refusal({ req, code: 'editors_only', status: 403, text: EDITORS_ONLY })
}
