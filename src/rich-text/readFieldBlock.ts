import type { Block, CalloutTone, RichText } from './model.ts'
import { childrenOf, isNode, stringOf, type Position, type StoredNode } from './node.ts'
import { cleanLine, cleanText } from '../text/cleanText.ts'
import { nameInUrl, pathOfFile } from '../files/filePaths.ts'
import { readImage } from './readImage.ts'
import { videoUrl } from './urls/videoUrl.ts'
import { resolveUrl } from './resolveUrl.ts'

type ReadBlocks = (input: { nodes: StoredNode[]; at: Position }) => RichText

/** One of the blocks with fields of their own (collections/Articles/editor/blocks); nothing for one that is not known. */
export function readFieldBlock({
  node,
  at,
  readBlocks,
}: {
  node: StoredNode
  at: Position
  readBlocks: ReadBlocks
}): Block[] {
  const fields = isNode(node.fields) ? node.fields : {}
  switch (fields.blockType) {
    case 'callout':
      return readCallout({ fields, at, readBlocks })
    case 'button':
      return readButton({ fields, at })
    case 'code':
      return readCode(fields)
    case 'video':
      return readVideo({ fields, at })
    case 'file':
      return readFile({ fields, at })
    default:
      return []
  }
}

function readCallout({
  fields,
  at,
  readBlocks,
}: {
  fields: StoredNode
  at: Position
  readBlocks: ReadBlocks
}): Block[] {
  const root = isNode(fields.content) ? fields.content.root : null
  const content = isNode(root) ? readBlocks({ nodes: childrenOf(root), at }) : []
  return content.length > 0 ? [{ kind: 'callout', tone: toneOf(fields.tone), content }] : []
}

const toneOf = (tone: unknown): CalloutTone => (tone === 'tip' || tone === 'important' ? tone : 'note')

/** A button that leads nowhere would only disappoint. */
function readButton({ fields, at }: { fields: StoredNode; at: Position }): Block[] {
  const label = cleanLine(stringOf(fields.label)).trim()
  const url = resolveUrl({ url: stringOf(fields.url), baseUrl: at.place.baseUrl })
  return label && url ? [{ kind: 'button', label, url }] : []
}

function readVideo({ fields, at }: { fields: StoredNode; at: Position }): Block[] {
  const title = cleanLine(stringOf(fields.title)).trim()
  const url = videoUrl(stringOf(fields.url))
  return title && url
    ? [{ kind: 'video', title, url, image: readImage({ media: fields.picture, place: at.place }) }]
    : []
}

/** By the facts that the server has written into the block: nobody but staff reads the file's row. */
function readFile({ fields, at: { place } }: { fields: StoredNode; at: Position }): Block[] {
  const title = cleanLine(stringOf(fields.title)).trim()
  const name = nameInUrl(stringOf(fields.url))
  const { bytes } = fields
  if (!title || name === null || typeof bytes !== 'number' || !(bytes > 0)) return []
  const url = `${place.baseUrl}${pathOfFile(name)}`
  return place.hasFile?.(url) === false ? [] : [{ kind: 'file', title, url, bytes }]
}

function readCode(fields: StoredNode): Block[] {
  const code = cleanText(stringOf(fields.code))
    .replace(/\r\n?/g, '\n')
    .replace(/^(\s*\n)+|\s+$/g, '')
  return code === '' ? [] : [{ kind: 'code', code }]
}
