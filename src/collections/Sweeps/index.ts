import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'

/** When old personal data was removed last, and by which worker it is being removed: several workers, one row. */
export const Sweeps: CollectionConfig = {
  slug: 'sweeps',
  admin: { hidden: true },
  access: { read: isNobody, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'name', type: 'text', required: true, unique: true },
    { name: 'endedAt', type: 'date' },
    { name: 'leaseToken', type: 'text' },
    { name: 'leaseUntil', type: 'date' },
  ],
}
