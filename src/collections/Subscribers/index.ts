import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isAdmin } from '../../access/isAdmin.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import {
  DEFAULT_LOCALE,
  LOCALES,
  SUBSCRIBER_STATUSES,
  type SubscriberStatus,
} from '../../newsletter/model.ts'
import { localeLabels } from '../labels.ts'
import { normaliseEmail } from './hooks/normaliseEmail.ts'
import { recordLeaving } from './hooks/recordLeaving.ts'

const statusLabels: Record<SubscriberStatus, { sv: string; en: string }> = {
  pending: { sv: 'Väntar på bekräftelse', en: 'Waiting for confirmation' },
  active: { sv: 'Aktiv', en: 'Active' },
  unsubscribed: { sv: 'Avregistrerad', en: 'Unsubscribed' },
  suppressed: { sv: 'Spärrad', en: 'Suppressed' },
}

/** A person who asked for the newsletter. */
export const Subscribers: CollectionConfig = {
  slug: 'subscribers',
  labels: {
    singular: { sv: 'Prenumerant', en: 'Subscriber' },
    plural: { sv: 'Prenumeranter', en: 'Subscribers' },
  },
  admin: {
    useAsTitle: 'email',
    defaultColumns: ['email', 'name', 'status', 'locale', 'createdAt'],
    group: { sv: 'Nyhetsbrev', en: 'Newsletter' },
  },
  access: { read: isEditor, create: isEditor, update: isEditor, delete: isAdmin },
  defaultSort: '-createdAt',
  hooks: { beforeValidate: [normaliseEmail], beforeChange: [recordLeaving] },
  fields: [
    { name: 'email', type: 'email', required: true, unique: true, label: { sv: 'E-post', en: 'E-mail' } },
    { name: 'name', type: 'text', label: { sv: 'Namn', en: 'Name' } },
    {
      name: 'locale',
      type: 'select',
      required: true,
      defaultValue: DEFAULT_LOCALE,
      label: { sv: 'Språk', en: 'Language' },
      options: LOCALES.map((value) => ({ value, label: localeLabels[value] })),
    },
    {
      name: 'topics',
      type: 'relationship',
      relationTo: 'topics',
      hasMany: true,
      label: { sv: 'Följer', en: 'Follows' },
    },
    {
      name: 'status',
      type: 'select',
      required: true,
      index: true,
      defaultValue: 'active',
      label: { sv: 'Status', en: 'Status' },
      options: SUBSCRIBER_STATUSES.map((value) => ({ value, label: statusLabels[value] })),
    },
    {
      name: 'consentSource',
      type: 'text',
      label: { sv: 'Samtycke från', en: 'Consent from' },
      admin: {
        description: {
          sv: 'Var personen bad om nyhetsbrevet, t.ex. ”formulär på mässan 2026”.',
          en: 'Where the person asked for the newsletter, e.g. “form at the fair 2026”.',
        },
      },
    },
    {
      name: 'consentAt',
      type: 'date',
      label: { sv: 'Samtycke gavs', en: 'Consent given' },
      admin: { date: dayAndTime },
    },
    {
      name: 'unsubscribedAt',
      type: 'date',
      label: { sv: 'Lämnade', en: 'Left' },
      admin: { readOnly: true, date: dayAndTime },
    },
  ],
}
