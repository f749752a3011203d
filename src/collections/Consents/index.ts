import { randomUUID } from 'node:crypto'
import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { CONSENT_KINDS, LOCALES } from '../../newsletter/model.ts'
import { NAV_GROUPS, consentKindLabels, localeLabels } from '../labels.ts'

/** What a person agreed to and took back, and what they chose, one row each time; rows are added and never changed. */
export const Consents: CollectionConfig = {
  slug: 'consents',
  labels: { singular: { sv: 'Samtycke', en: 'Consent' }, plural: { sv: 'Samtycken', en: 'Consents' } },
  admin: {
    useAsTitle: 'kind',
    defaultColumns: ['subscriber', 'kind', 'at', 'source', 'locale'],
    group: NAV_GROUPS.subscribers,
  },
  access: { read: isEditor, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  defaultSort: '-id',
  // What happened in a time: see src/desk.
  indexes: [{ fields: ['at', 'kind', 'subscriber'] }],
  hooks: { beforeOperation: [searchShownAddress] },
  fields: [
    {
      name: 'subscriber',
      type: 'relationship',
      relationTo: 'subscribers',
      index: true,
      label: { sv: 'Prenumerant', en: 'Subscriber' },
    },
    {
      name: 'kind',
      type: 'select',
      required: true,
      label: { sv: 'Vad som hände', en: 'What happened' },
      options: CONSENT_KINDS.map((value) => ({ value, label: consentKindLabels[value] })),
    },
    {
      name: 'at',
      type: 'date',
      required: true,
      label: { sv: 'När', en: 'When' },
      admin: { date: dayAndTime },
    },
    // The very words, so that a later change of the site's settings does not change what was agreed to.
    { name: 'text', type: 'textarea', label: { sv: 'Texten', en: 'The text' } },
    {
      name: 'locale',
      type: 'select',
      label: { sv: 'Språk', en: 'Language' },
      options: LOCALES.map((value) => ({ value, label: localeLabels[value] })),
    },
    // The form, page or file: `form /sv/subscribe`, `import members.csv: fair 2026`, `preferences`, `list-unsubscribe`.
    { name: 'source', type: 'text', required: true, label: { sv: 'Var', en: 'Where' } },
    // Staff who added or imported the person.
    { name: 'by', type: 'relationship', relationTo: 'users', label: { sv: 'Av', en: 'By' } },
    // Outlives the user.
    { name: 'byName', type: 'text', label: { sv: 'Namn', en: 'Name' } },
    // Where it was given elsewhere, earlier, and an import says when.
    {
      name: 'agreedAt',
      type: 'date',
      label: { sv: 'Samtycke gavs', en: 'Consent given' },
      admin: { date: dayAndTime },
    },
    // Of a choice: what is other than before (src/readers/choiceHistory). Nobody agrees to anything by it.
    { name: 'change', type: 'json', label: { sv: 'Ändringen', en: 'The change' } },
    // Of an address that was changed: what is known of it is found, and forgotten with the person.
    internal({ name: 'formerAddressHash', type: 'text' }),
    // The import that wrote it, if one did.
    internal({ name: 'importRef', type: 'text', index: true }),
    // What makes it one row, where writing it may be tried again.
    internal({ name: 'key', type: 'text', unique: true, defaultValue: () => randomUUID() }),
  ],
}
