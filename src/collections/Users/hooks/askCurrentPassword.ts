import type { CollectionBeforeValidateHook, PayloadRequest } from 'payload'
import { normaliseLogin, takeCurrentPassword, takeNewAddress } from '../../../accounts/attempts.ts'
import { isPassword } from '../../../accounts/passwordHash.ts'
import { refuseField } from '../../../accounts/refusals.ts'
import { accountText } from '../../../accounts/text.ts'
import type { User } from '../../../payload-types.ts'

type Change = Partial<User> & { currentPassword?: unknown }

/**
 * A session that was left open, or stolen, does not change who can log in: whoever changes a password or an address, their
 * own or another's, gives their own password. (A link to a new password goes to the address.) The system needs none.
 * @throws ValidationError 400 that names `currentPassword`, APIError 429
 */
export const askCurrentPassword: CollectionBeforeValidateHook<User> = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  if (!data) return data
  const { currentPassword, ...change }: Change = data
  const { user } = req
  if (operation !== 'update' || !user) return change
  const isNewAddress =
    typeof change.email === 'string' &&
    normaliseLogin(change.email) !== normaliseLogin(originalDoc?.email ?? '')
  if (!change.password && !isNewAddress) return change
  await requirePassword(req, { id: user.id, password: currentPassword })
  if (isNewAddress) await takeNewAddress(req, { id: user.id })
  return change
}

async function requirePassword(
  req: PayloadRequest,
  { id, password }: { id: User['id']; password: unknown },
): Promise<void> {
  const { missing, wrong } = accountText(req).currentPassword
  if (typeof password !== 'string' || password === '')
    throw refuseField({ req, code: 'current_password_missing', field: 'currentPassword', message: missing })
  const attempt = await takeCurrentPassword(req, { id })
  const kept = await req.payload.db.findOne<User>({
    collection: 'users',
    where: { id: { equals: id } },
    select: { hash: true, salt: true },
    req,
  })
  if (!(await isPassword({ password, kept })))
    throw refuseField({ req, code: 'current_password_wrong', field: 'currentPassword', message: wrong })
  await attempt.succeeded()
}
