import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'

/** One row per document that staff have saved: whose turn it is to save it, and its newest save. See src/saving. */
export const SaveTurns: CollectionConfig = {
  slug: 'save-turns',
  admin: { hidden: true },
  access: { read: isNobody, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'document', type: 'text', required: true, unique: true },
    { name: 'holder', type: 'text' },
    // Times are milliseconds since 1970, as they are compared with those of a save.
    { name: 'until', type: 'number' },
    { name: 'savedFrom', type: 'number' },
    { name: 'savedTo', type: 'number' },
    { name: 'savedBy', type: 'text' },
  ],
}
