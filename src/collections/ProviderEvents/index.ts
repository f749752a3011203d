import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { NAV_GROUPS } from '../labels.ts'
import { shownAddress } from '../../fields/shownAddress.ts'
import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { PROVIDER_EVENT_KINDS } from '../../newsletter/model.ts'

/** What the provider told of a mail, once each, as it came in; what follows from it is on the delivery and the subscriber. */
export const ProviderEvents: CollectionConfig = {
  slug: 'provider-events',
  labels: {
    singular: { sv: 'Leverantörshändelse', en: 'Provider event' },
    plural: { sv: 'Leverantörshändelser', en: 'Provider events' },
  },
  admin: {
    useAsTitle: 'type',
    defaultColumns: ['type', 'email', 'occurredAt', 'campaign'],
    group: NAV_GROUPS.operations,
  },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  hooks: { beforeOperation: [searchShownAddress] },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  defaultSort: '-id',
  indexes: [
    { fields: ['addressHash', 'occurredAt'] },
    { fields: ['subscriberRef'] },
    { fields: ['receivedAt'] },
  ],
  fields: [
    // `svix-id`: the same in every try of the provider to deliver it.
    { name: 'eventId', type: 'text', required: true, unique: true, label: { sv: 'Id', en: 'Id' } },
    // As the provider calls it; unknown ones are kept too.
    { name: 'type', type: 'text', required: true, label: { sv: 'Slag', en: 'Type' } },
    // What it is to us; `other` is kept and has no effect.
    {
      name: 'kind',
      type: 'select',
      required: true,
      options: [...PROVIDER_EVENT_KINDS],
      admin: { hidden: true },
    },
    {
      name: 'occurredAt',
      type: 'date',
      required: true,
      label: { sv: 'Hände', en: 'Occurred' },
      admin: { date: dayAndTime },
    },
    {
      name: 'receivedAt',
      type: 'date',
      required: true,
      label: { sv: 'Togs emot', en: 'Received' },
      admin: { date: dayAndTime },
    },
    // Null until everything that follows from it is written down.
    { name: 'appliedAt', type: 'date', admin: { hidden: true } },
    { name: 'email', type: 'text', label: { sv: 'E-post', en: 'E-mail' }, admin: shownAddress },
    { name: 'providerId', type: 'text', label: { sv: 'Leverantörens id', en: "The provider's id" } },
    {
      name: 'campaign',
      type: 'relationship',
      relationTo: 'campaigns',
      label: { sv: 'Utskick', en: 'Campaign' },
    },
    // Ids as text: they outlive the rows.
    { name: 'deliveryRef', type: 'text', admin: { hidden: true } },
    { name: 'transactionalMailRef', type: 'text', admin: { hidden: true } },
    { name: 'subscriberRef', type: 'text', admin: { hidden: true } },
    // Of the normalised address, as a suppression knows it: what is told of one address is found by it.
    internal({ name: 'addressHash', type: 'text' }),
    { name: 'bounceType', type: 'text', label: { sv: 'Studs', en: 'Bounce' } },
    { name: 'detail', type: 'textarea', label: { sv: 'Leverantörens ord', en: "The provider's words" } },
    // Of a type that is not known: what came.
    { name: 'payload', type: 'json', label: { sv: 'Innehåll', en: 'Content' } },
  ],
}
