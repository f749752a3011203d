import type { CollectionConfig } from 'payload'
import { VISIBILITIES } from '../../content/isPublic.ts'
import { NAV_GROUPS, visibilityLabels } from '../labels.ts'
import { canWriteArticle } from '../../access/canWriteArticle.ts'
import { isEditor } from '../../access/isEditor.ts'
import { isNobody } from '../../access/isNobody.ts'
import { isPublicOrStaff } from '../../access/isPublicOrStaff.ts'
import { isStaff } from '../../access/isStaff.ts'
import { showUnsaved } from '../../content/unsavedText.ts'
import { dayAndTime } from '../../fields/dayAndTime.ts'
import { isoTime } from '../../fields/isoTime.ts'
import { slugField } from '../../fields/slug.ts'
import { keepLock, LOCK_SECONDS, noteLock } from '../LockedDocuments/keepLock.ts'
import { articleEditor } from './editor/index.ts'
import { audienceEndpoint } from './endpoints/audience.ts'
import { mailPreviewEndpoint } from './endpoints/mailPreview.ts'
import { preflightEndpoint } from './endpoints/preflight.ts'
import { publishEndpoint } from './endpoints/publish.ts'
import { reviewEndpoints } from './endpoints/review.ts'
import { testMailEndpoint } from './endpoints/testMail.ts'
import { guardVisibility, keepVisibility, refuseOtherVisibility } from './hooks/guardVisibility.ts'
import { keepAuthorsFromDeleting, keepAuthorsToDrafts } from './hooks/keepAuthorsToDrafts.ts'
import { keepMailed } from './hooks/keepMailed.ts'
import { cancelPlanOnPublish, forgetPlans } from './hooks/keepPlans.ts'
import { endReview, forgetReview } from './hooks/endReview.ts'
import { noteBlank } from './hooks/noteBlank.ts'
import { refuseDateToCome } from './hooks/refuseDateToCome.ts'
import { refuseOtherStatus } from './hooks/refuseOtherStatus.ts'
import { refuseUnsendable } from './hooks/refuseUnsendable.ts'
import { freeAddresses, rememberAddress } from './hooks/rememberAddress.ts'
import { setOwner } from './hooks/setOwner.ts'
import { setPublishedAt } from './hooks/setPublishedAt.ts'
import { noteFormerVersion, startCampaignOnPublish } from './hooks/startCampaignOnPublish.ts'
import { newsletterFields } from './newsletterFields.ts'
import { previewUrl } from './previewUrl.ts'

/** What staff write, the site shows and the newsletter carries. */
export const Articles: CollectionConfig = {
  slug: 'articles',
  labels: { singular: { sv: 'Artikel', en: 'Article' }, plural: { sv: 'Artiklar', en: 'Articles' } },
  admin: {
    useAsTitle: 'title',
    // Who writes needs no address of the API.
    hideAPIURL: true,
    defaultColumns: ['title', '_status', 'authors', 'publishedAt'],
    group: NAV_GROUPS.write,
    components: {
      edit: {
        beforeDocumentControls: [
          '/admin/look/LookBeside.tsx#LookBeside',
          '/admin/campaign/PublishForecast.tsx#PublishForecast',
        ],
      },
    },
    // Nobody has written in them yet; the nightly sweep removes those that stay so.
    baseFilter: () => ({ isBlank: { not_equals: true } }),
    livePreview: { url: previewUrl },
    preview: (doc, { req, locale }) => previewUrl({ data: doc, req, locale: { code: locale } }),
  },
  access: {
    read: isPublicOrStaff,
    readVersions: isStaff,
    create: isStaff,
    update: canWriteArticle,
    delete: canWriteArticle,
  },
  defaultSort: '-publishedAt',
  // What every list of published articles asks for, in its order.
  indexes: [{ fields: ['_status', 'visibility', 'deletedAt', 'publishedAt', 'createdAt'] }],
  endpoints: [
    audienceEndpoint,
    mailPreviewEndpoint,
    preflightEndpoint,
    publishEndpoint,
    testMailEndpoint,
    ...reviewEndpoints,
  ],
  trash: true,
  versions: { drafts: { autosave: { interval: 800 } }, maxPerDoc: 100 },
  lockDocuments: { duration: LOCK_SECONDS },
  hooks: {
    beforeOperation: [noteLock],
    beforeValidate: [refuseOtherStatus],
    beforeRead: [({ doc, req }) => showUnsaved(doc as Record<string, unknown>, req)],
    beforeChange: [
      keepAuthorsToDrafts,
      setOwner,
      refuseDateToCome,
      guardVisibility,
      refuseUnsendable,
      setPublishedAt,
      noteBlank,
      rememberAddress,
      noteFormerVersion,
    ],
    afterChange: [startCampaignOnPublish, cancelPlanOnPublish, endReview],
    afterOperation: [keepLock],
    beforeDelete: [keepAuthorsFromDeleting, keepMailed],
    afterDelete: [freeAddresses, forgetPlans, forgetReview],
  },
  fields: [
    {
      name: 'languages',
      type: 'ui',
      admin: {
        disableListColumn: true,
        components: { Field: '/admin/languages/ArticleLanguages.tsx#ArticleLanguages' },
      },
    },
    {
      name: 'review',
      type: 'ui',
      admin: { components: { Field: '/admin/reviews/ArticleReview.tsx#ArticleReview' } },
    },
    {
      name: 'plans',
      type: 'ui',
      admin: { components: { Field: '/admin/plans/ArticlePlans.tsx#ArticlePlans' } },
    },
    {
      type: 'tabs',
      tabs: [
        {
          label: { sv: 'Text', en: 'Text' },
          fields: [
            {
              name: 'title',
              type: 'text',
              required: true,
              localized: true,
              label: { sv: 'Rubrik', en: 'Title' },
            },
            {
              name: 'excerpt',
              type: 'textarea',
              localized: true,
              maxLength: 300,
              label: { sv: 'Ingress', en: 'Excerpt' },
              admin: {
                description: {
                  sv: 'En eller två meningar för listor, delning och inkorgens förhandstext.',
                  en: 'One or two sentences for lists, sharing and the preview line in the inbox.',
                },
              },
            },
            {
              name: 'heroImage',
              type: 'upload',
              relationTo: 'media',
              label: { sv: 'Ledbild', en: 'Lead image' },
            },
            {
              name: 'content',
              type: 'richText',
              required: true,
              localized: true,
              editor: articleEditor,
              label: { sv: 'Text', en: 'Content' },
            },
          ],
        },
        {
          name: 'newsletter',
          label: { sv: 'Nyhetsbrev', en: 'Newsletter' },
          fields: newsletterFields,
        },
        {
          label: { sv: 'Relaterat', en: 'Related' },
          fields: [
            {
              name: 'relatedArticles',
              type: 'relationship',
              relationTo: 'articles',
              hasMany: true,
              maxRows: 6,
              filterOptions: ({ id }) => (id ? { id: { not_equals: id } } : true),
              label: { sv: 'Relaterade artiklar', en: 'Related articles' },
              admin: {
                description: {
                  sv: 'Tomt: de nyaste som delar ämne väljs. Utkast visas aldrig.',
                  en: 'Empty: the newest that share a topic are chosen. Drafts are never shown.',
                },
              },
            },
          ],
        },
      ],
    },
    {
      name: 'authors',
      type: 'relationship',
      relationTo: 'authors',
      hasMany: true,
      label: { sv: 'Skribenter', en: 'Authors' },
      admin: { position: 'sidebar' },
    },
    {
      name: 'topics',
      type: 'relationship',
      relationTo: 'topics',
      hasMany: true,
      label: { sv: 'Ämnen', en: 'Topics' },
      admin: { position: 'sidebar' },
    },
    {
      name: 'publishedAt',
      type: 'date',
      index: true,
      hooks: { beforeValidate: [isoTime] },
      label: { sv: 'Publicerad', en: 'Published' },
      admin: {
        position: 'sidebar',
        date: dayAndTime,
        description: { sv: 'Tomt: när artikeln publiceras.', en: 'Empty: when the article is published.' },
      },
    },
    slugField({ collection: 'articles', useAsSlug: 'title' }),
    {
      name: 'visibility',
      type: 'select',
      required: true,
      defaultValue: 'public',
      options: VISIBILITIES.map((value) => ({ value, label: visibilityLabels[value] })),
      hooks: { beforeValidate: [refuseOtherVisibility], beforeChange: [keepVisibility] },
      label: { sv: 'Syns', en: 'Visible' },
      access: { read: isStaff, create: isEditor, update: isEditor },
      // The sheet that Publish opens chooses it.
      admin: {
        position: 'sidebar',
        readOnly: true,
        disableBulkEdit: true,
        condition: ({ visibility }) => visibility === 'mail_only',
      },
    },
    {
      name: 'isBlank',
      type: 'checkbox',
      access: { read: isStaff, create: isNobody, update: isNobody },
      admin: { hidden: true, disableListColumn: true, disableListFilter: true, disableBulkEdit: true },
    },
    {
      name: 'owner',
      type: 'relationship',
      relationTo: 'users',
      label: { sv: 'Ansvarig', en: 'Owner' },
      access: { read: isStaff, create: isEditor, update: isEditor },
      admin: { position: 'sidebar' },
    },
  ],
}
