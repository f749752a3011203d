import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Payload, ValidationError } from 'payload'
import { MIN_PASSWORD_LENGTH } from '../../accounts/passwordRule.ts'
import { readEnvOrExit } from '../../env.ts'
import type { User } from '../../payload-types.ts'
import { isEmailAddress, normaliseEmail } from '../../subscribers/emailAddress.ts'
import { UsageError, type Command } from './command.ts'

const ROLES = ['admin', 'editor', 'author'] as const satisfies readonly User['role'][]

const help = `Usage: npm run cli -- create-user --email ADDRESS --name NAME --role ${ROLES.join('|')} [--password PASSWORD]

Makes a login for staff. An author writes drafts, an editor publishes and mails, an admin does everything; the first
user is always an admin. Without --password a password is made and shown once: better than one that stays in the
shell's history.
`

interface NewUser {
  email: string
  name: string
  role: User['role']
  password: string
}

export const createUser: Command = {
  name: 'create-user',
  summary: '--email --name --role [--password]  makes a login for staff',
  help,
  run: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        password: { type: 'string' },
      },
    })
    return saveUser({ user: readUser(values), isGenerated: values.password === undefined })
  },
}

/** @throws UsageError that names everything that is missing or wrong. */
function readUser(values: { [option in keyof NewUser]?: string | undefined }): NewUser {
  const email = normaliseEmail(values.email ?? '')
  const name = values.name?.trim() ?? ''
  const role = ROLES.find((known) => known === values.role)
  const password = values.password ?? randomBytes(15).toString('base64url')
  const problems = [
    ...(isEmailAddress(email) ? [] : ['--email must be an e-mail address']),
    ...(name === '' ? ['--name must say who it is'] : []),
    ...(role ? [] : [`--role must be one of ${ROLES.join(', ')}`]),
    ...(password.length < MIN_PASSWORD_LENGTH
      ? [`--password must have at least ${MIN_PASSWORD_LENGTH} characters`]
      : []),
  ]
  if (!role || problems.length > 0) throw new UsageError(problems.join('\n'))
  return { email, name, role, password }
}

async function saveUser({ user, isGenerated }: { user: NewUser; isGenerated: boolean }): Promise<number> {
  const env = readEnvOrExit()
  const { openPayload } = await import('../openPayload.ts')
  const payload = await openPayload(env)
  try {
    const saved = await payload.create({ collection: 'users', data: user, depth: 0 })
    const isFirst = saved.role !== user.role
    process.stdout.write(
      [
        `Made the ${saved.role} ${saved.name} <${saved.email}>.${isFirst ? ' The first user is always an admin.' : ''}`,
        ...(isGenerated ? [`Password: ${user.password}  (shown this once)`] : []),
        `Log in at ${env.serverUrl}/admin`,
        '',
      ].join('\n'),
    )
    return 0
  } catch (error) {
    const { ValidationError: Invalid } = await import('payload')
    if (!(error instanceof Invalid)) throw error
    process.stderr.write(`${await explain({ payload, user, error })}\n`)
    return 1
  } finally {
    await payload.destroy()
  }
}

async function explain({
  payload,
  user,
  error,
}: {
  payload: Payload
  user: NewUser
  error: ValidationError
}): Promise<string> {
  const { totalDocs } = await payload.count({ collection: 'users', where: { email: { equals: user.email } } })
  if (totalDocs > 0) return `There is a user with the address ${user.email} already.`
  return error.data.errors.map(({ path, message }) => `${path}: ${message}`).join('\n')
}
