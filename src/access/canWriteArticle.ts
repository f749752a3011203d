import type { Access, Where } from 'payload'
import { isEditor } from './isEditor.ts'

/**
 * Editors write every article; an author writes their own while it is not published, and does not publish (the hook
 * keepAuthorsToDrafts holds that of the published row too).
 * The admin asks this with `data._status = 'published'` to decide whether it shows the Publish button.
 */
export const canWriteArticle: Access = ({ req, data }) => {
  if (isEditor({ req })) return true
  if (req.user?.role !== 'author' || data?._status === 'published') return false
  const conditions: Where[] = [{ owner: { equals: req.user.id } }, { _status: { not_equals: 'published' } }]
  return { and: conditions }
}
