import type { CollectionConfig } from 'payload'
import { isAnyone } from '../../access/isAnyone.ts'
import { isEditor } from '../../access/isEditor.ts'
import { isStaff } from '../../access/isStaff.ts'

const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif']

/** Images with a text for those who do not see them. SVG is refused: it can carry scripts, and no mail shows it. */
export const mediaCollection = ({ directory }: { directory: string }): CollectionConfig => ({
  slug: 'media',
  labels: { singular: { sv: 'Bild', en: 'Image' }, plural: { sv: 'Bilder', en: 'Images' } },
  admin: {
    useAsTitle: 'filename',
    defaultColumns: ['filename', 'alt', 'createdAt'],
    group: { sv: 'Innehåll', en: 'Content' },
  },
  access: { read: isAnyone, create: isStaff, update: isEditor, delete: isEditor },
  upload: {
    staticDir: directory,
    mimeTypes: IMAGE_TYPES,
    focalPoint: true,
    adminThumbnail: 'small',
    imageSizes: [
      { name: 'small', width: 640, withoutEnlargement: true },
      { name: 'medium', width: 1280, withoutEnlargement: true },
      { name: 'large', width: 1920, withoutEnlargement: true },
      // For images in formats that classic Outlook does not show; twice the width of a mail.
      {
        name: 'mail',
        width: 1200,
        withoutEnlargement: true,
        formatOptions: { format: 'jpeg', options: { quality: 80 } },
      },
    ],
  },
  fields: [
    {
      name: 'alt',
      type: 'text',
      required: true,
      localized: true,
      label: { sv: 'Alternativtext', en: 'Alternative text' },
      admin: {
        description: {
          sv: 'Vad bilden visar, för den som inte ser den: i mejl är bilder ofta avstängda.',
          en: 'What the image shows, for those who do not see it: in mail, images are often off.',
        },
      },
    },
  ],
})
