import type { CollectionConfig } from 'payload'
import { NAV_GROUPS } from '../labels.ts'
import { isAnyone } from '../../access/isAnyone.ts'
import { isEditor } from '../../access/isEditor.ts'
import { slugField } from '../../fields/slug.ts'

/** The person in the byline; not a login (that is a user). */
export const Authors: CollectionConfig = {
  slug: 'authors',
  labels: { singular: { sv: 'Skribent', en: 'Author' }, plural: { sv: 'Skribenter', en: 'Authors' } },
  admin: {
    useAsTitle: 'name',
    defaultColumns: ['name', 'title', 'slug'],
    group: NAV_GROUPS.write,
  },
  access: { read: isAnyone, create: isEditor, update: isEditor, delete: isEditor },
  defaultSort: 'slug',
  fields: [
    { name: 'name', type: 'text', required: true, label: { sv: 'Namn', en: 'Name' } },
    slugField({ collection: 'authors', useAsSlug: 'name' }),
    {
      name: 'title',
      type: 'text',
      localized: true,
      label: { sv: 'Titel', en: 'Title' },
      admin: { placeholder: { sv: 'Konsult', en: 'Consultant' } },
    },
    {
      name: 'portrait',
      type: 'upload',
      relationTo: 'media',
      label: { sv: 'Porträtt', en: 'Portrait' },
    },
    {
      name: 'bio',
      type: 'textarea',
      localized: true,
      maxLength: 400,
      label: { sv: 'Kort presentation', en: 'Short bio' },
    },
  ],
}
