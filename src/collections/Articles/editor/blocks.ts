import {
  lexicalEditor,
  BoldFeature,
  ItalicFeature,
  InlineToolbarFeature,
  InlineCodeFeature,
} from '@payloadcms/richtext-lexical'
import type { Block, Field } from 'payload'
import { PastingFeature } from '../../../admin/pasting/feature.server.ts'
import { linkFeature, validateAddress } from './linkField.ts'
import { withWrittenText } from './withWrittenText.ts'

/** Puts what is written in a block into the text. */
const kept: Field = {
  name: 'kept',
  type: 'ui',
  admin: { components: { Field: '/admin/saving/KeptBlock.tsx#KeptBlock' } },
}

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
            InlineToolbarFeature(),
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

/** What staff can put between paragraphs besides images. */
export const articleBlocks: Block[] = [Callout, Button, Code]
