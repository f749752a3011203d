import { beforeAll, describe, expect, it } from '@jest/globals'
import { isNode, type StoredNode } from '../../../src/rich-text/node.ts'
import { articleEditorOffer, blockEditorOffer, type Offer } from './articleEditor.ts'
import { renderSample } from './renderSample.tsx'
import { featuresWithoutNodes, samples, samplesByFeature } from './samples.ts'

/** What Lexical itself can make, whatever the features. */
const CORE_TYPES = ['paragraph', 'text', 'linebreak', 'tab']
/** Made only of blocks within a line, and the editor has none. */
const UNUSED_TYPES = ['inlineBlock']

let offer: Offer
beforeAll(async () => {
  offer = await articleEditorOffer()
})

/** Every value of a property anywhere in the samples. */
const inSamples = (property: string): string[] =>
  distinct(samples.flatMap(({ node }) => valuesIn(node, property)))
const valuesIn = (value: unknown, property: string): string[] => {
  if (Array.isArray(value)) return value.flatMap((entry) => valuesIn(entry, property))
  if (!isNode(value)) return []
  const own = (value as StoredNode)[property]
  const nested = Object.values(value).flatMap((entry) => valuesIn(entry, property))
  return typeof own === 'string' ? [own, ...nested] : nested
}
const distinct = (values: string[]) => [...new Set(values)].sort()

describe('what the editor offers has a sample', () => {
  it('for each of its features', () => {
    expect(distinct(offer.features)).toEqual(
      distinct([...Object.keys(samplesByFeature), ...featuresWithoutNodes]),
    )
  })

  it('for each type of node', () => {
    const used = offer.nodeTypes.filter((type) => !UNUSED_TYPES.includes(type))
    const inRoot = inSamples('type').filter((type) => type !== 'root')
    expect(inRoot).toEqual(distinct([...used, ...CORE_TYPES]))
    expect(offer.inlineBlocks).toEqual([])
  })

  it('for each size of heading', () => {
    expect(inSamples('tag').filter((tag) => tag.startsWith('h'))).toEqual(distinct(offer.headingSizes))
  })

  it('for each block', () => {
    expect(inSamples('blockType')).toEqual(distinct(offer.blocks.map(({ slug }) => slug)))
  })

  it('for each tone of a callout', () => {
    const callout = offer.blocks.find(({ slug }) => slug === 'callout')
    const tone = callout?.fields.find((field) => 'name' in field && field.name === 'tone')
    const tones = tone?.type === 'select' ? tone.options : []
    expect(inSamples('tone')).toEqual(
      distinct(tones.map((option) => (typeof option === 'object' ? option.value : option))),
    )
  })

  it('for all that a callout can hold', () => {
    const callout = offer.blocks.find(({ slug }) => slug === 'callout')
    const within = blockEditorOffer(callout, 'content').features
    expect(within.filter((feature) => !offer.features.includes(feature))).toEqual([])
  })
})

describe.each(samples)('$name', ({ node, html, mail = html, text }) => {
  const rendered = renderSample(node)

  it('is shown on the web', () => {
    expect(rendered.web).toContain(html)
  })

  it('is shown in the mail', () => {
    expect(rendered.mail).toContain(mail)
  })

  it('is shown in the plain text', () => {
    expect(rendered.text).toContain(text)
  })
})
