import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'

/** The signs of life of the workers: one row per process, forgotten a day after it was seen last. */
export const Workers: CollectionConfig = {
  slug: 'workers',
  admin: { hidden: true },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'worker', type: 'text', required: true, unique: true },
    { name: 'mailer', type: 'text', required: true },
    { name: 'startedAt', type: 'date', required: true },
    { name: 'seenAt', type: 'date', required: true, index: true },
  ],
}
