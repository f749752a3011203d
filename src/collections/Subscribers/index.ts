import { searchShownAddress } from '../../fields/searchShownAddress.ts'
import { shownAddress } from '../../fields/shownAddress.ts'
import { storedEmail } from '../../fields/storedEmail.ts'
import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isAdmin } from '../../access/isAdmin.ts'
import { columnsEndpoint } from '../../endpoints/subscribersFile/columnsEndpoint.ts'
import { exportEndpoint } from '../../endpoints/subscribersFile/exportEndpoint.ts'
import { importEndpoint } from '../../endpoints/subscribersFile/importEndpoint.ts'
import { confirmAgainEndpoint, dataEndpoint, pauseEndpoint } from '../../endpoints/people/actions.ts'
import { timelineEndpoint } from '../../endpoints/people/timeline.ts'
import { isNobody } from '../../access/isNobody.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { isoTime } from '../../fields/isoTime.ts'
import {
  DEFAULT_LOCALE,
  LOCALES,
  SUBSCRIBER_STATUSES,
  type SubscriberStatus,
} from '../../newsletter/model.ts'
import { newLinkKey } from '../../newsletter/rules/readerToken.ts'
import { LONGEST_NAME } from '../../subscribers/fields.ts'
import { NAV_GROUPS, localeLabels } from '../labels.ts'
import { leaveFormerAddress, noteAddressChange } from './hooks/addressChange.ts'
import { eraseAfterDelete, eraseBeforeDelete } from './hooks/eraseOnDelete.ts'
import { limitBulkEdit } from './hooks/limitBulkEdit.ts'
import { keepLeft } from './hooks/keepLeft.ts'
import { keepTimes } from './hooks/keepTimes.ts'
import { normaliseEmail } from './hooks/normaliseEmail.ts'
import { recordConsentOfStaff } from './hooks/recordConsentOfStaff.ts'
import { refuseMoves } from './hooks/refuseMoves.ts'
import { refuseSuppressed } from './hooks/refuseSuppressed.ts'
import { requireConsentSource } from './requireConsentSource.ts'

const statusLabels: Record<SubscriberStatus, { sv: string; en: string }> = {
  pending: { sv: 'Väntar på bekräftelse', en: 'Waiting for confirmation' },
  active: { sv: 'Aktiv', en: 'Active' },
  unsubscribed: { sv: 'Avregistrerad', en: 'Unsubscribed' },
  suppressed: { sv: 'Spärrad', en: 'Suppressed' },
}

/** What is not said of a person is a dash in the list. */
const quietWhenEmpty = { components: { Cell: '/admin/parts/QuietCell.tsx#QuietCell' } }

/** Beside the person: what says whether they get mail, and why. Many at once are never given it. */
const aside = { position: 'sidebar', disableBulkEdit: true } as const

/** A person who asked for the newsletter. */
export const Subscribers: CollectionConfig = {
  slug: 'subscribers',
  labels: {
    singular: { sv: 'Prenumerant', en: 'Subscriber' },
    plural: { sv: 'Prenumeranter', en: 'Subscribers' },
  },
  admin: {
    useAsTitle: 'email',
    defaultColumns: ['email', 'name', 'status', 'topics', 'createdAt', 'consentSource'],
    listSearchableFields: ['email', 'name'],
    components: { beforeListTable: ['/admin/import/ImportLink.tsx#ImportLink'] },
    group: NAV_GROUPS.subscribers,
  },
  access: { read: isEditor, create: isEditor, update: isEditor, delete: isAdmin },
  defaultSort: '-createdAt',
  endpoints: [
    importEndpoint,
    columnsEndpoint,
    exportEndpoint,
    timelineEndpoint,
    confirmAgainEndpoint,
    pauseEndpoint,
    dataEndpoint,
  ],
  hooks: {
    beforeOperation: [limitBulkEdit, searchShownAddress],
    beforeValidate: [normaliseEmail, refuseSuppressed, refuseMoves],
    beforeChange: [keepTimes, noteAddressChange],
    afterChange: [recordConsentOfStaff, leaveFormerAddress, keepLeft],
    beforeDelete: [eraseBeforeDelete],
    afterDelete: [eraseAfterDelete],
  },
  fields: [
    {
      name: 'person',
      type: 'ui',
      admin: {
        disableListColumn: true,
        disableBulkEdit: true,
        components: { Field: '/admin/person/PersonActions.tsx#PersonActions' },
      },
    },
    {
      name: 'email',
      type: 'email',
      ...storedEmail,
      required: true,
      unique: true,
      label: { sv: 'E-post', en: 'E-mail' },
      admin: { ...shownAddress, disableBulkEdit: true },
    },
    {
      name: 'name',
      type: 'text',
      maxLength: LONGEST_NAME,
      label: { sv: 'Namn', en: 'Name' },
      admin: { ...quietWhenEmpty, disableBulkEdit: true },
    },
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
      admin: quietWhenEmpty,
    },
    {
      name: 'timeline',
      type: 'ui',
      admin: {
        disableListColumn: true,
        disableBulkEdit: true,
        components: { Field: '/admin/person/Timeline.tsx#Timeline' },
      },
    },
    {
      name: 'status',
      type: 'select',
      required: true,
      index: true,
      defaultValue: 'active',
      label: { sv: 'Status', en: 'Status' },
      admin: aside,
      options: SUBSCRIBER_STATUSES.map((value) => ({ value, label: statusLabels[value] })),
    },
    {
      name: 'consentSource',
      type: 'text',
      validate: requireConsentSource,
      label: { sv: 'Samtycke från', en: 'Consent from' },
      admin: {
        ...aside,
        ...quietWhenEmpty,
        description: {
          sv: 'Var personen bad om nyhetsbrevet, t.ex. ”formulär på mässan 2026”.',
          en: 'Where the person asked for the newsletter, e.g. “form at the fair 2026”.',
        },
      },
    },
    {
      name: 'consentAt',
      type: 'date',
      hooks: { beforeValidate: [isoTime] },
      label: { sv: 'Samtycke gavs', en: 'Consent given' },
      admin: { ...aside, date: dayAndTime },
    },
    {
      name: 'pausedUntil',
      type: 'date',
      hooks: { beforeValidate: [isoTime] },
      label: { sv: 'Pausad till', en: 'Paused until' },
      admin: { ...aside, date: dayAndTime },
    },
    // Since when the person is to confirm; waiting ones are removed after seven days.
    {
      name: 'askedAt',
      type: 'date',
      access: { create: isNobody, update: isNobody },
      hooks: { beforeValidate: [isoTime] },
      index: true,
      label: { sv: 'Anmälde sig', en: 'Asked' },
      admin: { ...aside, readOnly: true, date: dayAndTime },
    },
    // A reader's link names this key: it opens no other row, whoever gets its id later.
    internal({
      name: 'linkKey',
      type: 'text',
      hooks: { beforeChange: [({ operation, value }) => (operation === 'create' ? newLinkKey() : value)] },
    }),
    // Rows from before there were keys: the links in their old mails have none, and still let them leave.
    internal({ name: 'takesKeylessLinks', type: 'checkbox' }),
    // The import that added them, if one did.
    internal({ name: 'importRef', type: 'text', index: true }),
    // Links to the preferences that were mailed to the address before are void.
    internal({ name: 'addressChangedAt', type: 'date' }),
    {
      name: 'unsubscribedAt',
      type: 'date',
      access: { create: isNobody, update: isNobody },
      hooks: { beforeValidate: [isoTime] },
      label: { sv: 'Avslutade', en: 'Left' },
      admin: { ...aside, readOnly: true, date: dayAndTime },
    },
    // Payload's own field, in the words of the list.
    {
      name: 'createdAt',
      type: 'date',
      index: true,
      label: { sv: 'Tillkom', en: 'Joined' },
      admin: { hidden: true, disableBulkEdit: true },
    },
  ],
}
