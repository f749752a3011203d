import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'

/** Whom to erase: there until nothing of the person is left, so that a crash leaves nobody half erased. */
export const Erasures: CollectionConfig = {
  slug: 'erasures',
  admin: { hidden: true },
  access: { read: isNobody, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    // As text: it outlives the subscriber.
    { name: 'subscriberRef', type: 'text', required: true, unique: true },
    { name: 'askedAt', type: 'date', required: true },
  ],
}
