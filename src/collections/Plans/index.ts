import type { CollectionConfig, Field } from 'payload'
import { isNobody } from '../../access/isNobody.ts'
import { isStaff } from '../../access/isStaff.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { showTitle } from '../../fields/showTitle.ts'
import { internal } from '../../fields/internal.ts'
import { LOCALES } from '../../newsletter/model.ts'
import { PLAN_ACTIONS, CHANNELS, PLAN_STATUSES } from '../../plans/model.ts'
import { NAV_GROUPS, planActionLabels, planChannelLabels, planStatusLabels } from '../labels.ts'
import { planEndpoints } from './endpoints/index.ts'
import { showNewerText } from './hooks/showNewerText.ts'

/** On the plan's page PlanControl shows it; lists have it as a column. */
const shownByControl = { hidden: true }

const select = <Value extends string>(
  name: string,
  label: { sv: string; en: string },
  labels: Record<Value, { sv: string; en: string }>,
  values: readonly Value[],
) => ({
  ...{ name, type: 'select' as const, label, admin: shownByControl },
  options: values.map((value) => ({ value, label: labels[value] })),
})

const person = (name: string, sv: string, en: string): Field => ({
  ...{ name, type: 'relationship', relationTo: 'users', label: { sv, en } },
  admin: shownByControl,
})

/**
 * What is to happen to an article at a time: see src/plans. The row is the truth; a worker carries it out. Rows change through
 * the endpoints alone.
 */
export const Plans: CollectionConfig = {
  slug: 'plans',
  labels: { singular: { sv: 'Plan', en: 'Plan' }, plural: { sv: 'Planerat', en: 'Planned' } },
  admin: {
    useAsTitle: 'id',
    defaultColumns: ['article', 'action', 'channels', 'dueAt', 'status'],
    group: NAV_GROUPS.newsletters,
    description: {
      sv: 'Artiklar som ska publiceras eller avpubliceras vid en viss tid. En plan görs i rutan som Publicera öppnar.',
      en: 'Articles that are to be published or unpublished at a time. A plan is made in the sheet that Publish opens.',
    },
  },
  access: { read: isStaff, create: isNobody, update: isNobody, delete: isNobody },
  defaultSort: '-dueAt',
  lockDocuments: false,
  disableDuplicate: true,
  endpoints: planEndpoints,
  indexes: [{ fields: ['status', 'dueAt'] }],
  fields: [
    {
      name: 'control',
      type: 'ui',
      admin: { components: { Field: '/admin/plans/PlanControl.tsx#PlanControl' } },
    },
    {
      name: 'article',
      type: 'relationship',
      relationTo: 'articles',
      required: true,
      label: { sv: 'Artikel', en: 'Article' },
      admin: { readOnly: true },
    },
    {
      // The article's newest title: one that was never published has no other.
      name: 'title',
      type: 'text',
      virtual: true,
      hooks: { afterRead: [showTitle] },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    { ...select('action', { sv: 'Vad', en: 'What' }, planActionLabels, PLAN_ACTIONS), required: true },
    // Null for an unpublication.
    select('channels', { sv: 'Var', en: 'Where' }, planChannelLabels, CHANNELS),
    // The version that is published: what is written later waits. Null for an unpublication.
    { name: 'version', type: 'text', label: { sv: 'Version', en: 'Version' }, admin: shownByControl },
    {
      name: 'dueAt',
      type: 'date',
      required: true,
      label: { sv: 'Tid', en: 'Time' },
      admin: {
        ...shownByControl,
        date: dayAndTime,
        components: { Cell: '/admin/plans/DueCell.tsx#DueCell' },
      },
    },
    {
      ...select('status', { sv: 'Status', en: 'Status' }, planStatusLabels, PLAN_STATUSES),
      required: true,
      defaultValue: 'waiting',
    },
    {
      // Whether the article has a newer text than the one that is to be published.
      name: 'hasNewerText',
      type: 'checkbox',
      virtual: true,
      hooks: { afterRead: [showNewerText] },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    {
      name: 'problem',
      type: 'group',
      label: { sv: 'Varför den frågar', en: 'Why it asks' },
      admin: shownByControl,
      fields: [
        { name: 'code', type: 'text', label: { sv: 'Kod', en: 'Code' } },
        { name: 'message', type: 'textarea', label: { sv: 'Orsak och åtgärd', en: 'Reason and remedy' } },
      ],
    },
    person('plannedBy', 'Planerades av', 'Planned by'),
    {
      name: 'endedAt',
      type: 'date',
      label: { sv: 'Avslutades', en: 'Ended' },
      admin: { ...shownByControl, date: dayAndTime },
    },
    person('endedBy', 'Avbokades av', 'Cancelled by'),
    // What an admin passed although preflight said stop; the campaign keeps it too.
    {
      name: 'override',
      type: 'group',
      label: { sv: 'Skickas trots hinder', en: 'Mailed in spite of a stop' },
      admin: shownByControl,
      fields: [
        {
          name: 'checks',
          type: 'json',
          label: { sv: 'Kontroller', en: 'Checks' },
          typescriptSchema: [() => ({ type: ['array', 'null'], items: { type: 'string' } })],
        },
        { name: 'reason', type: 'textarea', label: { sv: 'Skäl', en: 'Reason' } },
        { name: 'by', type: 'relationship', relationTo: 'users', label: { sv: 'Av', en: 'By' } },
        { name: 'at', type: 'date', label: { sv: 'Tid', en: 'Time' }, admin: { date: dayAndTime } },
      ],
    },
    // The language whose fields were judged when it was planned, and are again.
    {
      name: 'locale',
      type: 'select',
      required: true,
      options: LOCALES.map((value) => ({ value, label: value })),
      label: { sv: 'Språk', en: 'Language' },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    // What its article holds while the plan is open, so that no other plan for the same action has it; else the plan's own.
    internal({ name: 'slot', type: 'text', required: true, unique: true }),
    internal({ name: 'startedAt', type: 'date' }),
    internal({ name: 'tries', type: 'number', defaultValue: 0 }),
    internal({ name: 'retryAt', type: 'date' }),
    // Which version held the newest text when the plan began to publish another one.
    internal({ name: 'keptVersion', type: 'text' }),
    internal({ name: 'leaseToken', type: 'text' }),
    internal({ name: 'leaseUntil', type: 'date' }),
  ],
}
