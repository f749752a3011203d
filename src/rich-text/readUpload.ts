import type { Block } from './model.ts'
import { cleanLine } from '../text/cleanText.ts'
import { isNode, stringOf, type Position, type StoredNode } from './node.ts'
import { readImage } from './readImage.ts'

/** An image between paragraphs; nothing when it is gone. */
export function readUpload({ node, at }: { node: StoredNode; at: Position }): Block[] {
  const image = readImage({ media: node.value, place: at.place })
  const caption = isNode(node.fields) ? cleanLine(stringOf(node.fields.caption)).trim() : ''
  return image ? [{ kind: 'image', image, caption: caption || null }] : []
}
