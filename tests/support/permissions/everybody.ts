import type { TypedUser } from 'payload'
import { makeReaderToken } from '../../../src/newsletter/rules/readerToken.ts'
import { rowOf } from '../../../src/readers/findReader.ts'
import type { TestDatabase } from '../databases.ts'
import { logInAs, restAs, type Rest } from '../rest.ts'
import { makeRow } from './rowsOf.ts'

/** `reader`: nobody with a login, but with a link out of a newsletter; another person's with each request. */
export const ROLES = ['anonymous', 'reader', 'author', 'editor', 'admin'] as const
export type Role = (typeof ROLES)[number]

export interface Person {
  rest: Rest
  user: TypedUser | null
}

/**
 * One of each.
 * @param options.as how they call: by way of Payload's router, or of a server on the same database.
 */
export async function everybody(
  database: TestDatabase,
  { as = ({ token }) => restAs({ ...database, ...(token && { token }) }) }: { as?: As } = {},
): Promise<Record<Role, Person>> {
  const { payload } = database
  const staff = staffOf({ database, as })
  const admin = await staff('admin')
  const anonymous = as({})
  const withToken: Rest = async (method, path, body) => {
    // Lists take no parameter that they do not know.
    if (method === 'GET' && /^\/(articles|authors|topics|media)\?/.test(path))
      return anonymous(method, path, body)
    const purpose = path.startsWith('/unsubscribe') ? 'leave' : 'preferences'
    const id = await makeRow({ payload, slug: 'subscribers' })
    const reader = await payload.findByID({ collection: 'subscribers', id, depth: 0 })
    const expiresAt = purpose === 'leave' ? null : new Date(Date.now() + 3_600_000)
    const { payloadSecret: secret } = database.env
    const token = makeReaderToken({ secret, purpose, ...rowOf(reader), expiresAt, data: null })
    return anonymous(method, `${path}${path.includes('?') ? '&' : '?'}token=${token}`, body)
  }
  return {
    anonymous: { rest: anonymous, user: null },
    reader: { rest: withToken, user: null },
    author: await staff('author'),
    editor: await staff('editor'),
    admin,
  }
}

type As = (caller: { token?: string }) => Rest

const staffOf =
  ({ database, as }: { database: TestDatabase; as: As }) =>
  async (role: 'author' | 'editor' | 'admin'): Promise<Person> => {
    const { token, id } = await logInAs({ ...database, role })
    const user = await database.payload.findByID({ collection: 'users', id, depth: 0 })
    return { rest: as({ token }), user: { ...user, collection: 'users' } }
  }
