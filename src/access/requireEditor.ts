import { APIError, type PayloadRequest } from 'payload'
import { isAdmin } from './isAdmin.ts'
import { isEditor } from './isEditor.ts'

/** @throws 401 for nobody who is logged in, 403 for everybody else but editors and admins. */
export function requireEditor(req: PayloadRequest): void {
  if (!isEditor({ req }))
    throw new APIError('Only an editor or an admin may do this.', req.user ? 403 : 401, null, true)
}

/** @throws 401 for nobody who is logged in, 403 for everybody else but admins. */
export function requireAdmin(req: PayloadRequest): void {
  if (!isAdmin({ req }))
    throw new APIError('Only an admin may do this.', req.user ? 403 : 401, { role: 'admin' }, true)
}
