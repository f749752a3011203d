import type { CollectionConfig } from 'payload'
import { isNobody } from '../../access/isNobody.ts'
import { isStaff } from '../../access/isStaff.ts'
import { showTitle } from '../../fields/showTitle.ts'
import { REVIEW_STATES } from '../../reviews/model.ts'

/**
 * The articles that wait for an editor, or that an editor has given back: one row for each, as long as it is a draft. The
 * article and the desk show it; rows change through the endpoints of articles alone.
 */
export const Reviews: CollectionConfig = {
  slug: 'reviews',
  labels: { singular: { sv: 'Granskning', en: 'Review' }, plural: { sv: 'Granskningar', en: 'Reviews' } },
  admin: { hidden: true },
  access: { read: isStaff, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  defaultSort: '-at',
  indexes: [{ fields: ['state', 'at'] }],
  fields: [
    { name: 'article', type: 'relationship', relationTo: 'articles', required: true, unique: true },
    { name: 'title', type: 'text', virtual: true, hooks: { afterRead: [showTitle] } },
    {
      name: 'state',
      type: 'select',
      required: true,
      options: [...REVIEW_STATES],
    },
    // Who handed it in.
    { name: 'author', type: 'relationship', relationTo: 'users' },
    // Who handed it in, or gave it back.
    { name: 'by', type: 'relationship', relationTo: 'users' },
    { name: 'note', type: 'textarea' },
    { name: 'at', type: 'date', required: true },
  ],
}
