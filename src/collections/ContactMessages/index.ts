import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { shownAddress } from '../../fields/shownAddress.ts'
import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { LOCALES } from '../../newsletter/model.ts'
import { NAV_GROUPS, localeLabels } from '../labels.ts'
import { answeredEndpoint } from './endpoints/answered.ts'

/** On the message's page ContactAnswer shows it; lists have it as a column. */
const shownByAnswer = { hidden: true }

/** What somebody wrote in the contact form; it is kept before any mail about it. */
export const ContactMessages: CollectionConfig = {
  slug: 'contact-messages',
  labels: {
    singular: { sv: 'Meddelande', en: 'Contact message' },
    plural: { sv: 'Meddelanden', en: 'Contact messages' },
  },
  admin: {
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'createdAt', 'answeredAt'],
    group: NAV_GROUPS.contact,
  },
  access: { read: isEditor, create: isNobody, update: isNobody, delete: isAdmin },
  hooks: { beforeOperation: [searchShownAddress] },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableDuplicate: true,
  endpoints: [answeredEndpoint],
  fields: [
    {
      name: 'answer',
      type: 'ui',
      admin: { components: { Field: '/admin/contact/ContactAnswer.tsx#ContactAnswer' } },
    },
    { name: 'name', type: 'text', required: true, label: { sv: 'Namn', en: 'Name' } },
    {
      name: 'email',
      type: 'text',
      required: true,
      // What one person wrote is found by it.
      index: true,
      label: { sv: 'E-post', en: 'E-mail' },
      admin: shownAddress,
    },
    { name: 'message', type: 'textarea', required: true, label: { sv: 'Meddelande', en: 'Message' } },
    {
      name: 'locale',
      type: 'select',
      required: true,
      label: { sv: 'Språk', en: 'Language' },
      options: LOCALES.map((value) => ({ value, label: localeLabels[value] })),
    },
    {
      name: 'wantsNewsletter',
      type: 'checkbox',
      defaultValue: false,
      label: { sv: 'Vill ha nyhetsbrevet', en: 'Wants the newsletter' },
    },
    {
      name: 'answeredAt',
      type: 'date',
      index: true,
      label: { sv: 'Besvarat', en: 'Answered' },
      admin: { ...shownByAnswer, date: dayAndTime },
    },
    {
      name: 'answeredBy',
      type: 'relationship',
      relationTo: 'users',
      label: { sv: 'Besvarat av', en: 'Answered by' },
      admin: shownByAnswer,
    },
    // Decided once: an address gets few thanks a day. Null: not decided.
    internal({ name: 'isToBeThanked', type: 'checkbox' }),
    // Null until the mails about it are rows of their own: a crash in between is made good by the worker.
    internal({ name: 'mailsQueuedAt', type: 'date', index: true }),
    {
      name: 'mails',
      type: 'join',
      collection: 'transactional-mails',
      on: 'contactMessage',
      label: { sv: 'Breven om det', en: 'The mails about it' },
      admin: { defaultColumns: ['kind', 'email', 'status', 'settledAt'], allowCreate: false },
    },
  ],
}
