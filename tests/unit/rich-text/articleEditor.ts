import type { LexicalRichTextAdapter } from '@payloadcms/richtext-lexical'
import type { Block, FlattenedField } from 'payload'
import { configFor } from '../../../src/config.ts'
import { readEnv } from '../../../src/env.ts'

/** What one editor of the real configuration offers. */
export interface Offer {
  features: string[]
  nodeTypes: string[]
  headingSizes: string[]
  blocks: Block[]
  inlineBlocks: Block[]
}

/** The editor of an article's text. */
export async function articleEditorOffer(): Promise<Offer> {
  const config = await configFor(
    readEnv({ DATABASE_URL: 'file:/nowhere/utskick.db', PAYLOAD_SECRET: 'a secret of the tests' }),
  )
  const articles = config.collections.find(({ slug }) => slug === 'articles')
  return offerOf(articles?.flattenedFields.find(({ name }) => name === 'content'))
}

/** The editor within a block: `field` is the name of the block's own field. */
export const blockEditorOffer = (block: Block | undefined, field: string): Offer =>
  offerOf(block?.fields.find((candidate) => 'name' in candidate && candidate.name === field))

function offerOf(field: FlattenedField | Block['fields'][number] | undefined): Offer {
  if (field?.type !== 'richText') throw new Error('There is no such rich-text field.')
  const { editorConfig } = field.editor as LexicalRichTextAdapter
  const props = (feature: string): Record<string, unknown> =>
    editorConfig.resolvedFeatureMap.get(feature)?.sanitizedServerFeatureProps ?? {}
  return {
    features: editorConfig.features.enabledFeatures,
    nodeTypes: editorConfig.features.nodes.map(({ node }) => ('with' in node ? node.with : node).getType()),
    headingSizes: (props('heading').enabledHeadingSizes as string[] | undefined) ?? [],
    blocks: (props('blocks').blocks as Block[] | undefined) ?? [],
    inlineBlocks: (props('blocks').inlineBlocks as Block[] | undefined) ?? [],
  }
}
