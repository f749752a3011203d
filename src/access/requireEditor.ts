import type { PayloadRequest } from 'payload'
import { refusal } from '../refusals/refusal.ts'
import { isAdmin } from './isAdmin.ts'
import { isEditor } from './isEditor.ts'
import { isStaff } from './isStaff.ts'

export const EDITORS_ONLY = {
  en: 'Only an editor or an admin may do this.',
  sv: 'Det här får bara en redaktör eller en administratör göra.',
}

const ADMINS_ONLY = {
  en: 'Only an admin may do this.',
  sv: 'Det här får bara en administratör göra.',
}

const LOGIN_NEEDED = { en: 'This needs a login.', sv: 'Det här kräver en inloggning.' }

/** @throws 401 for nobody who is logged in, 403 for everybody else but editors and admins. */
export function requireEditor(req: PayloadRequest): void {
  if (!isEditor({ req }))
    throw refusal({ req, code: 'editors_only', status: req.user ? 403 : 401, text: EDITORS_ONLY })
}

/** @throws 401 for nobody who is logged in, 403 for everybody else but admins. */
export function requireAdmin(req: PayloadRequest): void {
  if (!isAdmin({ req }))
    throw refusal({ req, code: 'admins_only', status: req.user ? 403 : 401, text: ADMINS_ONLY })
}

/** @throws 401 for nobody who is logged in. */
export function requireStaff(req: PayloadRequest): void {
  if (!isStaff({ req })) throw refusal({ req, code: 'login_needed', status: 401, text: LOGIN_NEEDED })
}
