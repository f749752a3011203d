import type { CollectionConfig } from 'payload'
import { NAV_GROUPS } from '../labels.ts'
import { isAnyone } from '../../access/isAnyone.ts'
import { isEditor } from '../../access/isEditor.ts'
import { slugField } from '../../fields/slug.ts'
import { keepChosenAudience } from './hooks/keepChosenAudience.ts'

/** What a reader chooses to follow. Published by being there. */
export const Topics: CollectionConfig = {
  slug: 'topics',
  labels: { singular: { sv: 'Ämne', en: 'Topic' }, plural: { sv: 'Ämnen', en: 'Topics' } },
  admin: {
    useAsTitle: 'name',
    defaultColumns: ['name', 'slug', 'description'],
    group: NAV_GROUPS.write,
    description: {
      sv: 'Det som läsare väljer att följa. Ett utskick kan gå till dem som följer vissa ämnen.',
      en: 'What readers choose to follow. A mailing can go to those who follow certain topics.',
    },
  },
  access: { read: isAnyone, create: isEditor, update: isEditor, delete: isEditor },
  defaultSort: 'slug',
  hooks: { beforeDelete: [keepChosenAudience] },
  fields: [
    {
      name: 'name',
      type: 'text',
      required: true,
      localized: true,
      label: { sv: 'Namn', en: 'Name' },
    },
    slugField({ collection: 'topics', useAsSlug: 'name' }),
    {
      name: 'description',
      type: 'textarea',
      localized: true,
      label: { sv: 'Beskrivning', en: 'Description' },
      admin: {
        description: {
          sv: 'En mening som läsare ser när de väljer ämnen.',
          en: 'One sentence that readers see when they choose topics.',
        },
      },
    },
  ],
}
