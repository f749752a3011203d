import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'

/** The data folders that this database has been used with, and how far each has seen it come: see src/restore. */
export const DataFolders: CollectionConfig = {
  slug: 'data-folders',
  admin: { hidden: true },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'folder', type: 'text', required: true, unique: true },
    { name: 'mark', type: 'number', required: true },
  ],
}
