import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { shownAddress } from '../../fields/shownAddress.ts'
import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { SUBSCRIBER_STATUSES, SUPPRESSION_REASONS } from '../../newsletter/model.ts'
import { NAV_GROUPS, suppressionReasonLabels } from '../labels.ts'
import { addEndpoint } from './endpoints/add.ts'
import { liftEndpoint } from './endpoints/lift.ts'
import { lookupEndpoint } from './endpoints/lookup.ts'

/** On a suppression's page LiftControl shows it, as it is right after lifting; lists have it as a column. */
const shownByControl = { hidden: true }

/** An address that must not be mailed, known by its keyed hash: an import cannot bring it back. */
export const Suppressions: CollectionConfig = {
  slug: 'suppressions',
  labels: {
    singular: { sv: 'Spärrad adress', en: 'Suppression' },
    plural: { sv: 'Spärrade adresser', en: 'Suppressions' },
  },
  admin: {
    useAsTitle: 'email',
    defaultColumns: ['email', 'reason', 'suppressedAt', 'liftedAt'],
    listSearchableFields: ['email'],
    components: { beforeListTable: ['/admin/suppressions/SuppressionForms.tsx#SuppressionForms'] },
    group: NAV_GROUPS.subscribers,
  },
  access: { read: isEditor, create: isNobody, update: isNobody, delete: isNobody },
  hooks: { beforeOperation: [searchShownAddress] },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  defaultSort: '-suppressedAt',
  endpoints: [lookupEndpoint, addEndpoint, liftEndpoint],
  fields: [
    {
      name: 'control',
      type: 'ui',
      admin: {
        disableListColumn: true,
        components: { Field: '/admin/suppressions/LiftControl.tsx#LiftControl' },
      },
    },
    // Of the normalised address, see newsletter/rules/addressHash; one row per address.
    internal({ name: 'addressHash', type: 'text', required: true, unique: true }),
    // Null when its owner was erased.
    { name: 'email', type: 'text', label: { sv: 'E-post', en: 'E-mail' }, admin: shownAddress },
    {
      name: 'reason',
      type: 'select',
      required: true,
      label: { sv: 'Orsak', en: 'Reason' },
      options: SUPPRESSION_REASONS.map((value) => ({ value, label: suppressionReasonLabels[value] })),
    },
    { name: 'detail', type: 'textarea', label: { sv: 'Mer om orsaken', en: 'More about the reason' } },
    {
      name: 'suppressedAt',
      type: 'date',
      required: true,
      index: true,
      label: { sv: 'Spärrad', en: 'Suppressed' },
      admin: { date: dayAndTime },
    },
    // Set: the address may be mailed again.
    {
      name: 'liftedAt',
      type: 'date',
      label: { sv: 'Hävd', en: 'Lifted' },
      admin: { ...shownByControl, date: dayAndTime },
    },
    // Null when that user is gone: staff are shown the name, which outlives them.
    { name: 'liftedBy', type: 'relationship', relationTo: 'users', admin: { hidden: true } },
    { name: 'liftedByName', type: 'text', label: { sv: 'Hävd av', en: 'Lifted by' }, admin: shownByControl },
    {
      name: 'liftedReason',
      type: 'textarea',
      label: { sv: 'Varför den hävdes', en: 'Why it was lifted' },
      admin: shownByControl,
    },
    // What is still to be told to the provider's own list; null when nothing is.
    internal({ name: 'toTellProvider', type: 'select', options: ['suppress', 'lift'], index: true }),
    // Which rule made it of provider events (newsletter/rules/suppressionFrom); null: somebody else did.
    internal({ name: 'madeBy', type: 'select', options: ['event', 'transient-bounces'] }),
    // What its subscriber was until then.
    internal({ name: 'statusBefore', type: 'select', options: [...SUBSCRIBER_STATUSES] }),
    // The import that made it, and what it was before, where it was lifted then: for taking that import back.
    internal({ name: 'importRef', type: 'text', index: true }),
    internal({ name: 'importWas', type: 'json' }),
    // What was known when it was lifted last makes no suppression any more.
    internal({ name: 'forgivenAt', type: 'date' }),
  ],
}
