import type { User } from '../../payload-types.ts'

/** What access/isEditor asks of a request, asked of whoever looks at the admin: the server decides all the same. */
export const isEditorUser = (user: Pick<User, 'role'> | null | undefined): boolean =>
  user?.role === 'editor' || user?.role === 'admin'
