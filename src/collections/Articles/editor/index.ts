import {
  BlockquoteFeature,
  BlocksFeature,
  BoldFeature,
  ChecklistFeature,
  FixedToolbarFeature,
  HeadingFeature,
  HorizontalRuleFeature,
  IndentFeature,
  InlineCodeFeature,
  ItalicFeature,
  lexicalEditor,
  OrderedListFeature,
  ParagraphFeature,
  StrikethroughFeature,
  UnderlineFeature,
  UnorderedListFeature,
  UploadFeature,
} from '@payloadcms/richtext-lexical'
import { articleBlocks } from './blocks.ts'
import { TableFeature } from '../../../admin/tables/feature.server.ts'
import { LinkKeyFeature } from '../../../admin/linking/feature.server.ts'
import { PastingFeature } from '../../../admin/pasting/feature.server.ts'
import { linkFeature } from './linkField.ts'
import { withWords } from './withWords.ts'
import { withWrittenText } from './withWrittenText.ts'

/**
 * What a text can hold. Each node that a feature brings is read by rich-text/readRichText and shown by every renderer;
 * tests/unit/rich-text fails for one that is not. No alignment and no colours: a mail cannot keep them everywhere.
 */
export const articleEditor = withWrittenText(
  lexicalEditor({
    features: [
      ParagraphFeature(),
      HeadingFeature({ enabledHeadingSizes: ['h2', 'h3', 'h4'] }),
      BoldFeature(),
      ItalicFeature(),
      UnderlineFeature(),
      StrikethroughFeature(),
      InlineCodeFeature(),
      linkFeature(),
      UnorderedListFeature(),
      OrderedListFeature(),
      ChecklistFeature(),
      IndentFeature(),
      BlockquoteFeature(),
      HorizontalRuleFeature(),
      TableFeature(),
      withWords(
        UploadFeature({
          enabledCollections: ['media'],
          collections: {
            media: { fields: [{ name: 'caption', type: 'text', label: { sv: 'Bildtext', en: 'Caption' } }] },
          },
        }),
        { sv: { label: 'Bild' }, en: { label: 'Image' } },
      ),
      BlocksFeature({ blocks: articleBlocks }),
      // The only one: it serves the text of a box too, while somebody writes there.
      FixedToolbarFeature({ applyToFocusedEditor: true }),
      LinkKeyFeature(),
      PastingFeature(),
    ],
  }),
)
