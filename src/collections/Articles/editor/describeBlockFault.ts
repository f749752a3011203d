import type { LexicalRichTextAdapter } from '@payloadcms/richtext-lexical'
import type { Block, Field, StaticLabel, Validate } from 'payload'
import type { Locale } from '../../../newsletter/model.ts'
import { childrenOf, isNode, stringOf, type StoredNode } from '../../../rich-text/node.ts'

type RichTextValidate = LexicalRichTextAdapter['validate']
type Options = Parameters<RichTextValidate>[1]

/**
 * The first block (callout, button, code) whose fields are not right, as a sentence that names the block and the field:
 * "Knapp 2: Adress: Detta fält är obligatoriskt". Undefined when all are right. Payload itself says only which paths.
 */
export async function describeBlockFault({
  adapter,
  value,
  options,
  locale,
}: {
  adapter: LexicalRichTextAdapter
  value: unknown
  options: Options
  locale: Locale
}): Promise<string | undefined> {
  const blocks = blocksOf(adapter)
  const root = isNode(value) && isNode(value.root) ? value.root : {}
  const counts = new Map<string, number>()
  for (const { fields } of childrenOf(root).filter(({ type }) => type === 'block')) {
    const data = isNode(fields) ? fields : {}
    const block = blocks.find(({ slug }) => slug === data.blockType)
    if (!block) return unknownBlock(stringOf(data.blockType), locale)
    const number = (counts.get(block.slug) ?? 0) + 1
    counts.set(block.slug, number)
    const fault = await firstFault({ block, data, options, locale })
    if (fault) return `${labelIn(block.labels?.singular, block.slug, locale)} ${number}: ${fault}`
  }
  return undefined
}

const unknownBlock = (type: string, locale: Locale) =>
  locale === 'sv' ? `Det finns inget block som heter ”${type}”.` : `There is no block called “${type}”.`

function blocksOf({ editorConfig }: LexicalRichTextAdapter): Block[] {
  const props: unknown = editorConfig.resolvedFeatureMap.get('blocks')?.sanitizedServerFeatureProps
  return isNode(props) && Array.isArray(props.blocks) ? props.blocks : []
}

async function firstFault({
  block,
  data,
  options,
  locale,
}: {
  block: Block
  data: StoredNode
  options: Options
  locale: Locale
}): Promise<string | undefined> {
  for (const field of block.fields) {
    if (!('name' in field) || !hasRule(field)) continue
    // As Payload calls it: with the field's own settings (required, maxLength, options) beside the rest.
    const result = await field.validate(data[field.name], {
      ...options,
      maxLength: undefined,
      ...field,
      required: 'required' in field && field.required,
      siblingData: data,
    })
    if (result !== true) return `${labelIn(field.label, field.name, locale)}: ${result}`
  }
  return undefined
}

type WithRule = Field & { name: string; label?: unknown; validate: Validate }

const hasRule = (field: Field): field is WithRule =>
  'validate' in field && typeof field.validate === 'function'

function labelIn(label: unknown, name: string, locale: Locale): string {
  const text = isNode(label) ? (label as Exclude<StaticLabel, string>)[locale] : label
  return typeof text === 'string' ? text : name
}
