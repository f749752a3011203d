import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'

/** The webhook queue: what the provider posted, until a worker has applied it; and what could not be applied. */
export const WaitingEvents: CollectionConfig = {
  slug: 'waiting-events',
  labels: {
    singular: { sv: 'Väntande händelse', en: 'Waiting event' },
    plural: { sv: 'Väntande händelser', en: 'Waiting events' },
  },
  admin: {
    useAsTitle: 'eventId',
    defaultColumns: ['eventId', 'receivedAt', 'setAsideAt', 'reason'],
    // Empty nearly always: no card on the first page. The banner leads here when an event was set aside (WorkerBanner).
    group: false,
    description: {
      sv: 'Det som leverantören har berättat och som utskickstjänsten inte har hanterat än. Listan är tom inom några sekunder. En händelse som inte gick att hantera läggs åt sidan, med skälet, och prövas igen när utskickstjänsten startar.',
      en: 'What the provider has told and no worker has applied yet. The list is empty within seconds. An event that could not be applied is set aside with the reason, and is tried again when a worker starts.',
    },
  },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  defaultSort: '-id',
  indexes: [{ fields: ['tries', 'dueAt'] }, { fields: ['setAsideAt'] }],
  fields: [
    // `svix-id`: the same in every try of the provider to deliver it.
    { name: 'eventId', type: 'text', required: true, unique: true, label: { sv: 'Id', en: 'Id' } },
    {
      name: 'receivedAt',
      type: 'date',
      required: true,
      label: { sv: 'Togs emot', en: 'Received' },
      admin: { date: dayAndTime },
    },
    // The JSON as it came in. It holds addresses, also of people whom we never mailed.
    internal({ name: 'body', type: 'textarea', required: true }),
    // Null: it is set aside.
    { name: 'dueAt', type: 'date', admin: { hidden: true } },
    { name: 'tries', type: 'number', required: true, label: { sv: 'Försök', en: 'Tries' } },
    internal({ name: 'leaseToken', type: 'text' }),
    {
      name: 'setAsideAt',
      type: 'date',
      label: { sv: 'Lades åt sidan', en: 'Set aside' },
      admin: { date: dayAndTime },
    },
    // The code of the error that it caused.
    { name: 'reason', type: 'text', label: { sv: 'Skäl', en: 'Reason' } },
  ],
}
