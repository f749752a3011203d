import type { Place, RichText } from './model.ts'
import { childrenOf, isNode } from './node.ts'
import { readBlocks } from './readBlocks.ts'

/**
 * The text of a rich-text field, as Payload gives it with its links and images populated, for the renderers. Nothing in
 * it is trusted: an unsafe address loses its link and keeps its text, an image or article that is not there is left
 * out, an unknown node gives its text. Empty paragraphs are dropped. Never throws.
 */
export function readRichText({ content, place }: { content: unknown; place: Place }): RichText {
  const root = isNode(content) ? content.root : null
  return isNode(root) ? readBlocks({ nodes: childrenOf(root), at: { place, depth: 0 } }) : []
}
