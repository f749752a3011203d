import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'

/** The slugs that an article had in public and has no more: what was mailed with them leads to it still. */
export const FormerSlugs: CollectionConfig = {
  slug: 'former-slugs',
  admin: { hidden: true },
  access: { read: isNobody, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  fields: [
    { name: 'slug', type: 'text', required: true, unique: true },
    { name: 'article', type: 'relationship', relationTo: 'articles', index: true },
  ],
}
