import type { Field } from 'payload'
import { isStaff } from '../../access/isStaff.ts'

/** What the editor decides about the mailing; fixed for good when the campaign starts. */
export const newsletterFields: Field[] = [
  {
    name: 'campaign',
    type: 'ui',
    admin: { components: { Field: '/admin/campaign/ArticleCampaign.tsx#ArticleCampaign' } },
  },
  {
    name: 'send',
    type: 'checkbox',
    defaultValue: true,
    label: {
      sv: 'Skicka som nyhetsbrev när artikeln publiceras',
      en: 'Send as a newsletter when it is published',
    },
    admin: {
      description: {
        sv: 'En gång per artikel: att ändra eller publicera om skickar inget nytt.',
        en: 'Once per article: editing or publishing again sends nothing more.',
      },
    },
  },
  {
    name: 'subject',
    type: 'text',
    localized: true,
    maxLength: 200,
    label: { sv: 'Ämnesrad', en: 'Subject' },
    admin: {
      description: { sv: 'Tomt: artikelns rubrik.', en: "Empty: the article's title." },
      condition: (_, siblingData) => Boolean(siblingData?.send),
    },
  },
  {
    name: 'preheader',
    type: 'text',
    localized: true,
    maxLength: 200,
    label: { sv: 'Förhandstext', en: 'Preheader' },
    admin: {
      description: {
        sv: 'Raden efter ämnet i inkorgen. Tomt: ingressen.',
        en: 'The line after the subject in the inbox. Empty: the excerpt.',
      },
      condition: (_, siblingData) => Boolean(siblingData?.send),
    },
  },
  {
    name: 'topics',
    type: 'relationship',
    relationTo: 'topics',
    hasMany: true,
    access: { read: isStaff },
    label: { sv: 'Till dem som följer', en: 'To those who follow' },
    admin: {
      description: {
        sv: 'Den som följer minst ett av ämnena får brevet. Inget valt: alla.',
        en: 'Whoever follows at least one of the topics gets it. None chosen: everybody.',
      },
      condition: (_, siblingData) => Boolean(siblingData?.send),
    },
  },
  {
    name: 'preflight',
    type: 'ui',
    admin: {
      disableListColumn: true,
      components: { Field: '/admin/preflight/PreflightPanel.tsx#PreflightPanel' },
      condition: (_, siblingData) => Boolean(siblingData?.send),
    },
  },
  {
    name: 'look',
    type: 'ui',
    admin: { disableListColumn: true, components: { Field: '/admin/look/MailLook.tsx#MailLook' } },
  },
]
