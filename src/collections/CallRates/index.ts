import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'

/** One row per mailer: how its calls are spaced, and the next free place; shared by all workers. */
export const CallRates: CollectionConfig = {
  slug: 'call-rates',
  admin: { hidden: true },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'mailer', type: 'text', required: true, unique: true },
    { name: 'perSecond', type: 'number', required: true },
    // Milliseconds since 1970, so that places may be closer than a millisecond.
    { name: 'nextPlace', type: 'number', required: true },
  ],
}
