import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'

/** How often something was done of late, by a key that holds no address: several web processes count together. */
export const RateLimits: CollectionConfig = {
  slug: 'rate-limits',
  admin: { hidden: true },
  access: { read: isNobody, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'key', type: 'text', required: true, unique: true },
    { name: 'points', type: 'number', required: true },
    // Milliseconds since 1970.
    { name: 'expire', type: 'number', index: true },
  ],
}
