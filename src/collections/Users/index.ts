import type { CollectionConfig, Endpoint } from 'payload'
import { NAV_GROUPS } from '../labels.ts'
import { isAdmin } from '../../access/isAdmin.ts'
import { isSelfOrAdmin } from '../../access/isSelfOrAdmin.ts'
import { isStaff } from '../../access/isStaff.ts'
import type { Env } from '../../env.ts'
import { refusal } from '../../refusals/refusal.ts'
import { firstRegisterEndpoint } from './endpoints/firstRegister.ts'
import { forgotPasswordEndpoint } from './endpoints/forgotPassword.ts'
import { accountFields } from './accountFields.ts'
import { askCurrentPassword } from './hooks/askCurrentPassword.ts'
import { checkNewPassword, checkResetPassword } from './hooks/checkNewPassword.ts'
import { forgetCodeOnCreate, forgetCodeOnDelete } from './hooks/forgetCode.ts'
import { forgetAttempt, guardLogin } from './hooks/guardLogin.ts'
import { makeFirstUserAdmin } from './hooks/makeFirstUserAdmin.ts'

/** Nobody verifies an address here; Payload's own endpoint asks for a column that is not there, and fails with a 500. */
const noVerification: Endpoint = {
  path: '/verify/:id',
  method: 'post',
  handler: (req) => {
    throw refusal({
      req,
      code: 'nothing_to_confirm',
      status: 404,
      text: { sv: 'Det finns inget att bekräfta.', en: 'There is nothing to confirm.' },
    })
  },
}

/** A login for staff. The byline is an author, not a user. */
export const usersCollection = ({
  serverUrl,
  database,
}: Pick<Env, 'serverUrl' | 'database'>): CollectionConfig => ({
  slug: 'users',
  labels: { singular: { sv: 'Användare', en: 'User' }, plural: { sv: 'Användare', en: 'Users' } },
  admin: {
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'role'],
    group: NAV_GROUPS.settings,
  },
  auth: {
    tokenExpiration: 8 * 60 * 60,
    // No account is locked: wrong logins count on where they come from (accounts/attempts).
    maxLoginAttempts: 0,
    cookies: { sameSite: 'Lax', secure: new URL(serverUrl).protocol === 'https:' },
  },
  access: {
    admin: isStaff,
    read: isStaff,
    create: isAdmin,
    update: isSelfOrAdmin,
    delete: isAdmin,
    unlock: isAdmin,
  },
  endpoints: [firstRegisterEndpoint, forgotPasswordEndpoint, noVerification],
  hooks: {
    beforeOperation: [guardLogin, checkResetPassword],
    beforeValidate: [askCurrentPassword, checkNewPassword],
    beforeChange: [makeFirstUserAdmin],
    afterChange: [forgetCodeOnCreate],
    afterDelete: [forgetCodeOnDelete],
    afterLogin: [forgetAttempt],
  },
  defaultSort: 'name',
  fields: [
    { name: 'name', type: 'text', required: true, label: { sv: 'Namn', en: 'Name' } },
    {
      name: 'role',
      type: 'select',
      required: true,
      defaultValue: 'author',
      saveToJWT: true,
      label: { sv: 'Roll', en: 'Role' },
      access: { create: isAdmin, update: isAdmin },
      options: [
        { value: 'admin', label: { sv: 'Administratör: allt', en: 'Admin: everything' } },
        {
          value: 'editor',
          label: { sv: 'Redaktör: publicerar och skickar', en: 'Editor: publishes and mails' },
        },
        { value: 'author', label: { sv: 'Skribent: egna utkast', en: 'Author: own drafts' } },
      ],
    },
    ...accountFields(database),
  ],
})
