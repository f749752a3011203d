import type { CollectionConfig, Field } from 'payload'
import { isNobody } from '../../access/isNobody.ts'
import { isStaff } from '../../access/isStaff.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { internal } from '../../fields/internal.ts'
import { CAMPAIGN_STATUSES, DECISIONS, EDITION_AUDIENCES } from '../../newsletter/model.ts'
import { NAV_GROUPS, campaignStatusLabels, editionAudienceLabels } from '../labels.ts'
import { controlEndpoints } from './endpoints/control.ts'
import { followUpEndpoints } from './endpoints/followUp.ts'
import { receiptEndpoint } from './endpoints/receipt.ts'
import { recipientsEndpoint } from './endpoints/recipients.ts'
import { sentMailEndpoint } from './endpoints/sentMail.ts'
import { MOVES_SCHEMA } from './movesSchema.ts'
import { showHoldLeft } from './hooks/showHoldLeft.ts'
import { showLiveCounts } from './hooks/showLiveCounts.ts'
import { POSTPONED_SCHEMA, showPostponed } from './hooks/showPostponed.ts'
import { showSilence, SILENCE_SCHEMA } from './hooks/showSilence.ts'
import { showStalled, STALLED_SCHEMA } from './hooks/showStalled.ts'

/** On the campaign's page CampaignControl shows it, and follows it; lists have it as a column. */
const shownByControl = { hidden: true }

const time = (name: string, sv: string, en: string): Field => ({
  name,
  type: 'date',
  label: { sv, en },
  admin: { ...shownByControl, date: dayAndTime },
})

const count = (name: string, sv: string, en: string): Field => ({
  name,
  type: 'number',
  defaultValue: 0,
  label: { sv, en },
  admin: { readOnly: true },
})

/** One mailing of one article. The row is the truth: whoever finds it can go on from it. */
export const Campaigns: CollectionConfig = {
  slug: 'campaigns',
  labels: { singular: { sv: 'Utskick', en: 'Campaign' }, plural: { sv: 'Utskick', en: 'Campaigns' } },
  admin: {
    useAsTitle: 'subject',
    defaultColumns: ['subject', 'audience', 'status', 'counts.submitted', 'counts.recipients', 'createdAt'],
    group: NAV_GROUPS.newsletters,
    description: {
      sv: 'Det första utskicket skapas när en artikel publiceras. Fler gör du på det första utskickets sida.',
      en: 'The first campaign is made when an article is published. More are begun on the page of the first.',
    },
  },
  access: { read: isStaff, create: isNobody, update: isNobody, delete: isNobody },
  defaultSort: '-createdAt',
  lockDocuments: false,
  disableDuplicate: true,
  endpoints: [
    ...controlEndpoints,
    ...followUpEndpoints,
    receiptEndpoint,
    recipientsEndpoint,
    sentMailEndpoint,
  ],
  hooks: { afterRead: [showLiveCounts] },
  indexes: [
    // The once-rule of each edition, and what lets one in where two are asked for at once.
    { fields: ['article', 'edition'], unique: true },
    { fields: ['status', 'dueAt'] },
    { fields: ['leaseToken'] },
    { fields: ['remailing'] },
  ],
  fields: [
    {
      name: 'control',
      type: 'ui',
      admin: { components: { Field: '/admin/campaign/CampaignControl.tsx#CampaignControl' } },
    },
    { name: 'subject', type: 'text', label: { sv: 'Ämnesrad', en: 'Subject' }, admin: shownByControl },
    {
      name: 'article',
      type: 'relationship',
      relationTo: 'articles',
      required: true,
      label: { sv: 'Artikel', en: 'Article' },
    },
    {
      name: 'edition',
      type: 'number',
      required: true,
      defaultValue: 1,
      label: { sv: 'Upplaga', en: 'Edition' },
      admin: shownByControl,
    },
    {
      name: 'audience',
      type: 'select',
      required: true,
      defaultValue: 'everybody',
      label: { sv: 'Går till', en: 'Goes to' },
      options: EDITION_AUDIENCES.map((value) => ({ value, label: editionAudienceLabels[value] })),
      admin: shownByControl,
    },
    {
      name: 'askedBy',
      type: 'relationship',
      relationTo: 'users',
      label: { sv: 'Begärt av', en: 'Asked for by' },
      admin: shownByControl,
    },
    // The edition that a correction corrects.
    internal({ name: 'corrects', type: 'number' }),
    // Whom a later edition goes to; topicIds holds it once the edition has begun.
    internal({ name: 'editionTopicIds', type: 'json' }),
    {
      name: 'status',
      type: 'select',
      required: true,
      defaultValue: 'scheduled',
      label: { sv: 'Status', en: 'Status' },
      admin: shownByControl,
      options: CAMPAIGN_STATUSES.map((value) => ({ value, label: campaignStatusLabels[value] })),
    },
    {
      name: 'problem',
      type: 'group',
      label: { sv: 'Varför det inte går vidare', en: 'Why it does not go on' },
      admin: shownByControl,
      fields: [
        { name: 'code', type: 'text', label: { sv: 'Kod', en: 'Code' } },
        { name: 'message', type: 'textarea', label: { sv: 'Orsak och åtgärd', en: 'Reason and remedy' } },
        time('at', 'Sedan', 'Since'),
      ],
    },
    {
      // {since, lastError: {code, message} | null} of a campaign that should move and does not, else null.
      name: 'stalled',
      type: 'json',
      virtual: true,
      label: { sv: 'Står still', en: 'Stalled' },
      typescriptSchema: [() => STALLED_SCHEMA],
      hooks: { afterRead: [showStalled] },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    {
      // {count, nextTryAt} of a campaign of which recipients are postponed, else null.
      name: 'postponed',
      type: 'json',
      virtual: true,
      label: { sv: 'Väntar på mottagarens server', en: 'Postponed' },
      typescriptSchema: [() => POSTPONED_SCHEMA],
      hooks: { afterRead: [showPostponed] },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    {
      // {webhookUrl, hasSecret} of a campaign of which the provider should have told something and has not, else null.
      name: 'silence',
      type: 'json',
      virtual: true,
      label: { sv: 'Inga händelser', en: 'No events' },
      typescriptSchema: [() => SILENCE_SCHEMA],
      hooks: { afterRead: [showSilence] },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    {
      name: 'counts',
      type: 'group',
      // A column is called as its number alone.
      label: false,
      admin: shownByControl,
      fields: [
        count('recipients', 'Mottagare', 'Recipients'),
        count('submitted', 'Överlämnade', 'Submitted'),
        count('rejected', 'Nekade', 'Rejected'),
        count('excluded', 'Undantagna', 'Excluded'),
        count('uncertain', 'Ovissa', 'Uncertain'),
        count('delivered', 'Levererade', 'Delivered'),
        count('bounced', 'Studsade', 'Bounced'),
        count('complained', 'Anmälda som skräppost', 'Complained'),
      ],
    },
    {
      name: 'decision',
      type: 'group',
      label: { sv: 'Beslut om ovissa', en: 'Decision on the uncertain' },
      admin: shownByControl,
      fields: [
        { name: 'kind', type: 'select', options: [...DECISIONS] },
        { name: 'at', type: 'date' },
        { name: 'by', type: 'relationship', relationTo: 'users' },
      ],
    },
    // Its first part, which is watched before the rest follows. Without mails it has none.
    {
      name: 'canary',
      type: 'group',
      label: false,
      admin: shownByControl,
      fields: [
        internal({ name: 'batches', type: 'number' }),
        { name: 'mails', type: 'number', label: { sv: 'Brev i första delen', en: 'Mails in the canary' } },
        {
          name: 'minutes',
          type: 'number',
          label: { sv: 'Resten väntar (minuter)', en: 'The rest waits (minutes)' },
        },
        time('waitsUntil', 'Resten väntar till', 'The rest waits until'),
        time('endedAt', 'Första delen var klar', 'Canary over'),
      ],
    },
    // What an admin has mailed although preflight said stop.
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
        time('at', 'Tid', 'Time'),
      ],
    },
    // Who moved it and why, the newest moves: each is written with the move itself (newsletter/rules/campaignMoves).
    {
      name: 'moves',
      type: 'json',
      defaultValue: [],
      label: { sv: 'Händelser', en: 'Moves' },
      access: { create: isNobody, update: isNobody },
      typescriptSchema: [() => MOVES_SCHEMA],
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    time('startedAt', 'Påbörjades', 'Started'),
    time('finishedAt', 'Avslutades', 'Finished'),
    // When the provider first told of one of its mails; null: never, and then nobody knows what arrived.
    time('firstEventAt', 'Första händelsen', 'First event'),
    // The numbers at which it paused itself, or those that staff saw since: see newsletter/rules/guard.
    internal({ name: 'guarded', type: 'json' }),
    // How often its facts were recounted from the deliveries: see EventStore.
    internal({ name: 'countsRevision', type: 'number', defaultValue: 0 }),
    // When its status changed last.
    internal({ name: 'movedAt', type: 'date' }),
    // 0: everybody was mailed; one more each time that staff have deliveries mailed again.
    internal({ name: 'round', type: 'number', defaultValue: 0 }),
    // Which deliveries staff asked to mail again, until that is carried out.
    internal({ name: 'remailing', type: 'text' }),
    internal({ name: 'topicIds', type: 'json' }),
    internal({ name: 'mailing', type: 'json' }),
    internal({ name: 'snapshot', type: 'text' }),
    // While it is in its hold: how long that still lasts, in milliseconds. Else null.
    {
      name: 'holdLeftMs',
      type: 'number',
      virtual: true,
      hooks: { afterRead: [showHoldLeft] },
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    { ...time('dueAt', 'Ska gå vidare', 'Due'), required: true } as Field,
    time('heldAt', 'Artikeln publicerades', 'Article published'),
    time('undoneAt', 'Ångrades', 'Undone'),
    {
      name: 'undoneBy',
      type: 'relationship',
      relationTo: 'users',
      label: { sv: 'Ångrades av', en: 'Undone by' },
      admin: shownByControl,
    },
    time('returnedAt', 'Artikeln återställdes', 'Article taken back'),
    // The version of the article that an undo brings back; none: it becomes a draft.
    {
      name: 'formerVersion',
      type: 'text',
      admin: { ...shownByControl, disableListColumn: true, disableListFilter: true },
    },
    // Which version held the newest text when it was taken back.
    internal({ name: 'keptVersion', type: 'text' }),
    internal({ name: 'leaseToken', type: 'text' }),
    internal({ name: 'leaseUntil', type: 'date' }),
  ],
}
