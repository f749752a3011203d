import type { CollectionAfterLoginHook, CollectionBeforeOperationHook } from 'payload'
import { normaliseLogin, takeLogin, type Attempt } from '../../../accounts/attempts.ts'
import type { User } from '../../../payload-types.ts'
import { isPassword } from '../../../accounts/passwordHash.ts'

/**
 * Before a login over REST or GraphQL: counts it on where it comes from, and does for an unknown address the work that
 * Payload does for a known one alone, so that the time tells no more than the answer.
 * @throws APIError 429
 */
export const guardLogin: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'login' || args.overrideAccess) return args
  const { email, password } = readLogin('data' in args ? args.data : null)
  // Payload refuses these before it looks anybody up.
  if (email === null || password === null) return args
  req.context.loginAttempt = await takeLogin(req, { email })
  const user = await req.payload.db.findOne<User>({
    collection: 'users',
    where: { email: { equals: email } },
    select: { hash: true, salt: true },
    req,
  })
  if (!user?.hash || !user.salt) await isPassword({ password, kept: null })
  return args
}

/** Who got in has made no wrong attempt. */
export const forgetAttempt: CollectionAfterLoginHook = async ({ req }) => {
  const { loginAttempt } = req.context as { loginAttempt?: Attempt }
  delete req.context.loginAttempt
  await loginAttempt?.succeeded()
}

function readLogin(data: unknown): { email: string | null; password: string | null } {
  const { email, password } = (data ?? {}) as { email?: unknown; password?: unknown }
  return {
    email: typeof email === 'string' && email.trim() !== '' ? normaliseLogin(email) : null,
    password: typeof password === 'string' && password.trim() !== '' ? password : null,
  }
}
