import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { shownAddress } from '../../fields/shownAddress.ts'
import { randomUUID } from 'node:crypto'
import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { LOCALES, TRANSACTIONAL_MAIL_KINDS, TRANSACTIONAL_MAIL_STATUSES } from '../../newsletter/model.ts'
import { NAV_GROUPS, deliveryStatusLabels, localeLabels, transactionalMailKindLabels } from '../labels.ts'
import { againEndpoint } from './endpoints/again.ts'

/** On the mail's page MailControl shows it, and follows it; lists have it as a column. */
const shownByControl = { hidden: true }

/** One mail to one person that is no newsletter: to confirm, to welcome, to thank. The row is there before any call. */
export const TransactionalMails: CollectionConfig = {
  slug: 'transactional-mails',
  labels: {
    singular: { sv: 'Automatiskt brev', en: 'Transactional mail' },
    plural: { sv: 'Automatiska brev', en: 'Transactional mails' },
  },
  admin: {
    useAsTitle: 'email',
    defaultColumns: ['email', 'kind', 'status', 'reason', 'createdAt', 'settledAt'],
    group: NAV_GROUPS.operations,
    description: {
      sv: 'Brev till en enda person: bekräftelser, länkar och svar på meddelanden.',
      en: 'Mails to one person: confirmations, links and answers to messages.',
    },
  },
  access: { read: isEditor, create: isNobody, update: isNobody, delete: isNobody },
  hooks: { beforeOperation: [searchShownAddress] },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableDuplicate: true,
  endpoints: [againEndpoint],
  indexes: [{ fields: ['status', 'dueAt'] }, { fields: ['leaseToken'] }],
  fields: [
    {
      name: 'control',
      type: 'ui',
      admin: {
        disableListColumn: true,
        components: { Field: '/admin/transactional/MailControl.tsx#MailControl' },
      },
    },
    {
      name: 'kind',
      type: 'select',
      required: true,
      label: { sv: 'Slag', en: 'Kind' },
      options: TRANSACTIONAL_MAIL_KINDS.map((value) => ({
        value,
        label: transactionalMailKindLabels[value],
      })),
    },
    {
      name: 'email',
      type: 'text',
      required: true,
      // What was mailed to one person is found by it.
      index: true,
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
      defaultValue: 'pending',
      label: { sv: 'Status', en: 'Status' },
      admin: shownByControl,
      options: TRANSACTIONAL_MAIL_STATUSES.map((value) => ({ value, label: deliveryStatusLabels[value] })),
    },
    { name: 'reason', type: 'text', label: { sv: 'Orsak', en: 'Reason' }, admin: shownByControl },
    {
      name: 'detail',
      type: 'textarea',
      label: { sv: 'Leverantörens ord', en: "The provider's words" },
      admin: shownByControl,
    },
    { name: 'providerId', type: 'text', label: { sv: 'Leverantörens id', en: "The provider's id" } },
    {
      name: 'settledAt',
      type: 'date',
      label: { sv: 'Avgjort', en: 'Settled' },
      admin: { ...shownByControl, date: dayAndTime },
    },
    {
      name: 'subscriber',
      type: 'relationship',
      relationTo: 'subscribers',
      index: true,
      label: { sv: 'Prenumerant', en: 'Subscriber' },
    },
    {
      name: 'contactMessage',
      type: 'relationship',
      relationTo: 'contact-messages',
      index: true,
      label: { sv: 'Meddelande', en: 'Message' },
    },
    {
      name: 'article',
      type: 'relationship',
      relationTo: 'articles',
      index: true,
      label: { sv: 'Provbrev för artikeln', en: 'Test of the article' },
    },
    // The whole mail, fixed before the first try: {from, to, replyTo, subject, html, text, headers}. It holds links that
    // stand in for a login, so nobody reads it over the API; the sweep removes it.
    internal({ name: 'mail', type: 'json' }),
    // What asked for it, where that may ask twice (queueMail); it stays, while the key to the provider changes.
    internal({ name: 'requestKey', type: 'text', unique: true, defaultValue: () => randomUUID() }),
    internal({ name: 'idempotencyKey', type: 'text', required: true, unique: true }),
    internal({ name: 'attempts', type: 'number', required: true, defaultValue: 0 }),
    internal({ name: 'dueAt', type: 'date', required: true }),
    // After it the mail is of no use: its link has expired. Null: it always is.
    internal({ name: 'validUntil', type: 'date' }),
    internal({ name: 'leaseToken', type: 'text' }),
    internal({ name: 'leaseUntil', type: 'date' }),
    internal({ name: 'inDoubtSince', type: 'date' }),
    internal({ name: 'calledWith', type: 'text' }),
    internal({ name: 'problemSince', type: 'date' }),
  ],
}
