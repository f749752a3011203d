import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { shownAddress } from '../../fields/shownAddress.ts'
import type { CollectionConfig, Field } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { DELIVERY_STATUSES, LOCALES } from '../../newsletter/model.ts'
import { NAV_GROUPS, deliveryStatusLabels, localeLabels } from '../labels.ts'

/** What the provider told later: when it happened first; null as long as it did not. */
const fact = (name: string, sv: string, en: string): Field => ({
  name,
  type: 'date',
  label: { sv, en },
  admin: { date: dayAndTime },
})

/** One campaign x one subscriber: what became of that person's mail. */
export const Deliveries: CollectionConfig = {
  slug: 'deliveries',
  labels: { singular: { sv: 'Mottagare', en: 'Recipient' }, plural: { sv: 'Mottagare', en: 'Recipients' } },
  admin: {
    useAsTitle: 'email',
    defaultColumns: ['email', 'status', 'reason', 'campaign', 'settledAt'],
    group: NAV_GROUPS.operations,
  },
  access: { read: isEditor, create: isNobody, update: isNobody, delete: isNobody },
  hooks: { beforeOperation: [searchShownAddress] },
  timestamps: false,
  lockDocuments: false,
  defaultSort: 'id',
  indexes: [
    { fields: ['campaign', 'snapshot', 'subscriberRef'], unique: true },
    { fields: ['campaign', 'snapshot', 'batchNumber', 'position'] },
    { fields: ['campaign', 'snapshot', 'status', 'batchNumber'] },
  ],
  fields: [
    {
      name: 'campaign',
      type: 'relationship',
      relationTo: 'campaigns',
      required: true,
      label: { sv: 'Utskick', en: 'Campaign' },
    },
    {
      name: 'subscriber',
      type: 'relationship',
      relationTo: 'subscribers',
      label: { sv: 'Prenumerant', en: 'Subscriber' },
    },
    // The subscriber's id once more: it outlives the subscriber, so that a second try still makes the same bytes.
    { name: 'subscriberRef', type: 'text', required: true, admin: { hidden: true } },
    // As the subscriber's row had it: a second try makes the same links.
    internal({ name: 'linkKey', type: 'text' }),
    // Not indexed: addresses come in no order, and half of the time that an audience takes went into that index.
    {
      name: 'email',
      type: 'text',
      required: true,
      label: { sv: 'E-post', en: 'E-mail' },
      admin: shownAddress,
    },
    { name: 'name', type: 'text', label: { sv: 'Namn', en: 'Name' } },
    {
      name: 'locale',
      type: 'select',
      required: true,
      label: { sv: 'Språk', en: 'Language' },
      options: LOCALES.map((value) => ({ value, label: localeLabels[value] })),
    },
    {
      name: 'status',
      type: 'select',
      required: true,
      label: { sv: 'Status', en: 'Status' },
      options: DELIVERY_STATUSES.map((value) => ({ value, label: deliveryStatusLabels[value] })),
    },
    { name: 'reason', type: 'text', label: { sv: 'Orsak', en: 'Reason' } },
    { name: 'detail', type: 'text', label: { sv: 'Leverantörens ord', en: "The provider's words" } },
    // Not indexed, for the same reason: what a provider tells of a mail names the delivery by its tag (rules/personalise).
    { name: 'providerId', type: 'text', label: { sv: 'Leverantörens id', en: "The provider's id" } },
    {
      name: 'settledAt',
      type: 'date',
      label: { sv: 'Avgjord', en: 'Settled' },
      admin: { date: dayAndTime },
    },
    fact('deliveredAt', 'Levererad', 'Delivered'),
    fact('delayedAt', 'Fördröjd', 'Delayed'),
    fact('bouncedAt', 'Studsade', 'Bounced'),
    fact('complainedAt', 'Anmäld som skräppost', 'Complained'),
    fact('failedAt', 'Misslyckades', 'Failed'),
    { name: 'snapshot', type: 'text', required: true, admin: { hidden: true } },
    { name: 'batchNumber', type: 'number', required: true, admin: { hidden: true } },
    { name: 'position', type: 'number', required: true, admin: { hidden: true } },
  ],
}
