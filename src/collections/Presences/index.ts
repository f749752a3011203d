import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'

/** Windows of the admin in which a document is open now: one row each, for a minute after it was last heard of. */
export const Presences: CollectionConfig = {
  slug: 'presences',
  admin: { hidden: true },
  access: { read: isNobody, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'window', type: 'text', required: true, unique: true },
    { name: 'document', type: 'text', required: true, index: true },
    { name: 'user', type: 'relationship', relationTo: 'users' },
    { name: 'seenAt', type: 'date', required: true, index: true },
  ],
}
