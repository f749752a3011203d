import type { CollectionBeforeOperationHook, CollectionBeforeValidateHook } from 'payload'
import { takeReset } from '../../../accounts/attempts.ts'
import { findPasswordProblem } from '../../../accounts/passwordRule.ts'
import { refusePassword } from '../../../accounts/refusals.ts'
import type { User } from '../../../payload-types.ts'

/** Whoever sets a password for whomever, by whatever way. @throws ValidationError 400 that names the field. */
export const checkNewPassword: CollectionBeforeValidateHook<User> = async ({ data, originalDoc, req }) => {
  const password: unknown = data?.password
  if (password === undefined || password === null || password === '') return data
  if (typeof password !== 'string') throw refusePassword(req, 'text')
  const problem = await findPasswordProblem({
    password,
    about: wordsAbout({ name: data?.name ?? originalDoc?.name, email: data?.email ?? originalDoc?.email }),
  })
  if (problem) throw refusePassword(req, problem)
  return data
}

/**
 * The same for a forgotten password: Payload hands its hooks the user without it.
 * @throws ValidationError 400, APIError 429
 */
export const checkResetPassword: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  if (operation !== 'resetPassword') return args
  const { token, password } = ('data' in args ? args.data : {}) as { token?: unknown; password?: unknown }
  const attempt = args.overrideAccess ? null : await takeReset(req, 'use')
  if (typeof password !== 'string' || typeof token !== 'string') throw refusePassword(req, 'text')
  const user = await req.payload.db.findOne<User>({
    collection: 'users',
    where: {
      resetPasswordToken: { equals: token },
      resetPasswordExpiration: { greater_than: new Date().toISOString() },
    },
    req,
  })
  // Payload says so of a link that has expired.
  if (!user) return args
  await attempt?.succeeded()
  const problem = await findPasswordProblem({ password, about: wordsAbout(user) })
  if (problem) throw refusePassword(req, problem)
  return args
}

const wordsAbout = ({ name, email }: { name?: unknown; email?: unknown }): string[] =>
  [name, email].filter((text) => typeof text === 'string')
