import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isSelfOrAdmin } from '../../access/isSelfOrAdmin.ts'
import { isStaff } from '../../access/isStaff.ts'
import { makeFirstUserAdmin } from './hooks/makeFirstUserAdmin.ts'

/** A login for staff. The byline is an author, not a user. */
export const Users: CollectionConfig = {
  slug: 'users',
  labels: { singular: { sv: 'Användare', en: 'User' }, plural: { sv: 'Användare', en: 'Users' } },
  admin: {
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'role'],
    group: { sv: 'Inställningar', en: 'Settings' },
  },
  auth: {
    tokenExpiration: 8 * 60 * 60,
    maxLoginAttempts: 8,
    lockTime: 10 * 60 * 1000,
    cookies: { sameSite: 'Lax' },
  },
  access: {
    admin: isStaff,
    read: isStaff,
    create: isAdmin,
    update: isSelfOrAdmin,
    delete: isAdmin,
    unlock: isAdmin,
  },
  hooks: { beforeChange: [makeFirstUserAdmin] },
  defaultSort: 'email',
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
  ],
}
