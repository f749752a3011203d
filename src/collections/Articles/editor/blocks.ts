import { lexicalEditor, BoldFeature, ItalicFeature, InlineCodeFeature } from '@payloadcms/richtext-lexical'
import type { Block, TextFieldSingleValidation } from 'payload'
import { LinkKeyFeature } from '../../../admin/linking/feature.server.ts'
import { PastingFeature } from '../../../admin/pasting/feature.server.ts'
import type { Locale } from '../../../newsletter/model.ts'
import { videoUrl } from '../../../rich-text/urls/videoUrl.ts'
import { localeOf } from '../../../rich-text/written/describeProblem.ts'
import { linkFeature, validateAddress } from './linkField.ts'
import { FileBlock } from './fileBlock.ts'
import { kept } from './kept.ts'
import { withWrittenText } from './withWrittenText.ts'

const Callout: Block = {
  slug: 'callout',
  interfaceName: 'CalloutBlock',
  admin: { disableBlockName: true },
  labels: { singular: { sv: 'Ruta', en: 'Callout' }, plural: { sv: 'Rutor', en: 'Callouts' } },
  fields: [
    {
      name: 'tone',
      type: 'select',
      required: true,
      defaultValue: 'note',
      label: { sv: 'Sort', en: 'Kind' },
      options: [
        { value: 'note', label: { sv: 'Notis', en: 'Note' } },
        { value: 'tip', label: { sv: 'Tips', en: 'Tip' } },
        { value: 'important', label: { sv: 'Viktigt', en: 'Important' } },
      ],
    },
    {
      name: 'content',
      type: 'richText',
      required: true,
      label: { sv: 'Text', en: 'Content' },
      editor: withWrittenText(
        lexicalEditor({
          features: [
            BoldFeature(),
            ItalicFeature(),
            InlineCodeFeature(),
            linkFeature(),
            LinkKeyFeature(),
            PastingFeature(),
          ],
        }),
      ),
    },
    kept,
  ],
}

const Button: Block = {
  slug: 'button',
  interfaceName: 'ButtonBlock',
  admin: { disableBlockName: true },
  labels: { singular: { sv: 'Knapp', en: 'Button' }, plural: { sv: 'Knappar', en: 'Buttons' } },
  fields: [
    {
      name: 'label',
      type: 'text',
      required: true,
      maxLength: 60,
      label: { sv: 'Text på knappen', en: 'Text on the button' },
    },
    {
      name: 'url',
      type: 'text',
      required: true,
      validate: validateAddress,
      label: { sv: 'Adress', en: 'Address' },
    },
    kept,
  ],
}

/** Plain text: Payload's own code field loads its editor from another site. */
const Code: Block = {
  slug: 'code',
  interfaceName: 'CodeBlock',
  admin: { disableBlockName: true },
  labels: { singular: { sv: 'Kod', en: 'Code' }, plural: { sv: 'Kod', en: 'Code' } },
  fields: [
    {
      name: 'code',
      type: 'textarea',
      required: true,
      label: { sv: 'Kod', en: 'Code' },
      admin: { className: 'code-block-field', rows: 8 },
    },
    kept,
  ],
}

const noVideo: Record<Locale, string> = {
  sv: 'Klistra in adressen till en video på YouTube eller Vimeo, till exempel https://youtu.be/dQw4w9WgXcQ.',
  en: 'Paste the address of a video on YouTube or Vimeo, for example https://youtu.be/dQw4w9WgXcQ.',
}

const validateVideo: TextFieldSingleValidation = (value, { req }) =>
  (typeof value === 'string' && videoUrl(value) !== null) || noVideo[localeOf(req.i18n.language)]

/** A picture that leads to a video. Nothing of the other site is loaded, on the site or in a mail. */
const Video: Block = {
  slug: 'video',
  interfaceName: 'VideoBlock',
  admin: { disableBlockName: true },
  labels: { singular: { sv: 'Video', en: 'Video' }, plural: { sv: 'Videor', en: 'Videos' } },
  fields: [
    {
      name: 'url',
      type: 'text',
      required: true,
      maxLength: 500,
      validate: validateVideo,
      label: { sv: 'Adress på YouTube eller Vimeo', en: 'Address on YouTube or Vimeo' },
    },
    {
      name: 'title',
      type: 'text',
      required: true,
      maxLength: 120,
      label: { sv: 'Vad videon handlar om', en: 'What the video is about' },
    },
    {
      name: 'picture',
      type: 'upload',
      relationTo: 'media',
      required: true,
      label: { sv: 'Bild', en: 'Picture' },
      admin: {
        description: {
          sv: 'I brevet och på webbplatsen visas bilden med en länk till videon.',
          en: 'The mail and the site show the picture with a link to the video.',
        },
      },
    },
    kept,
  ],
}

/** What staff can put between paragraphs besides images. */
export const articleBlocks: Block[] = [Callout, Button, Video, FileBlock, Code]
