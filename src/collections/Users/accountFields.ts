import type { Field, FieldAccess, PayloadRequest } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { hasUsers } from '../../accounts/setupCode.ts'
import { en, sv, type AccountField } from '../../accounts/text.ts'
import type { Env } from '../../env.ts'
import type { User } from '../../payload-types.ts'

/** The page that registers the first user asks for the address too: nobody is logged in, and there is none to read. */
const isOwnOrAdmin: FieldAccess<User> = async ({ req, id, doc }) =>
  isAdmin({ req }) || isOwn({ req, id: id ?? doc?.id }) || (!req.user && !(await hasUsers(req.payload)))

/** Payload builds a form of what may be read; a query by it, which has no document, is refused. */
const isInForm: FieldAccess = ({ data, siblingData }) => data !== undefined || siblingData !== undefined

const isOwn = ({ req, id }: { req: PayloadRequest; id: string | number | undefined }): boolean =>
  id !== undefined && id !== null && req.user?.id === id

const labelOf = (field: AccountField) => ({ sv: sv.fields[field], en: en.fields[field] })

/** Payload's own field, with who reads it: the names of users are for all staff, their addresses are not. */
const email: Field = {
  name: 'email',
  type: 'email',
  label: labelOf('email'),
  access: { read: isOwnOrAdmin },
}

/** What an admin form sends beside the user and the hooks take away: no column. */
const currentPassword: Field = {
  name: 'currentPassword',
  type: 'text',
  virtual: true,
  label: labelOf('currentPassword'),
  access: { read: isInForm, create: isNobody },
  admin: {
    disableBulkEdit: true,
    disableListColumn: true,
    disableListFilter: true,
    components: { Field: '/admin/users/CurrentPasswordField.tsx#CurrentPasswordField' },
  },
}

const setupCode: Field = {
  name: 'setupCode',
  type: 'text',
  virtual: true,
  label: labelOf('setupCode'),
  access: { read: isInForm, update: isNobody },
  admin: {
    disableBulkEdit: true,
    disableListColumn: true,
    disableListFilter: true,
    components: { Field: '/admin/users/SetupCodeField.tsx#SetupCodeField' },
  },
}

/**
 * `first` for who was registered while there was nobody, else nothing; unique, so that one alone can be. On MongoDB the
 * index is made at a start (adapters/database/indexSeat): Payload would make one that takes nothing for a value too.
 */
const seat = (database: Env['database']): Field => ({
  name: 'seat',
  type: 'text',
  hidden: true,
  unique: database.kind === 'sqlite',
  access: { read: isNobody, create: isNobody, update: isNobody },
})

/**
 * Payload's own field, which it hands to its user: in each article that they own, and after a login. Nobody's screen needs
 * it, and Payload itself reads it as the system.
 */
const sessions: Field = {
  name: 'sessions',
  type: 'array',
  fields: [],
  access: { read: isNobody, update: isNobody },
}

export const accountFields = (database: Env['database']): Field[] => [
  email,
  currentPassword,
  setupCode,
  seat(database),
  sessions,
]
