import type { Block, Inline, RichText } from './model.ts'
import { childrenOf, deeper, isTooDeep, type Position, type StoredNode } from './node.ts'
import { readFieldBlock } from './readFieldBlock.ts'
import { hasText, INLINE_TYPES, readInlines } from './readInlines.ts'
import { readList } from './readList.ts'
import { readTable } from './readTable.ts'
import { readUpload } from './readUpload.ts'

/** Blocks one below the other; text that stands loose between them becomes a paragraph. */
export const readBlocks = ({ nodes, at }: { nodes: StoredNode[]; at: Position }): RichText =>
  readMixed({ nodes, at, isInline: isKnownInline, toBlock: toParagraph })

function readBlock({ node, at }: { node: StoredNode; at: Position }): Block[] {
  switch (node.type) {
    case 'paragraph':
      return readTextBlock({ node, at, toBlock: toParagraph })
    case 'heading':
      return readTextBlock({ node, at, toBlock: toHeading(node.tag) })
    case 'quote':
      return readTextBlock({ node, at, toBlock: (children) => ({ kind: 'quote', children }) })
    case 'list':
      return readList({ node, at })
    case 'horizontalrule':
      return [{ kind: 'rule' }]
    case 'table':
      return readTable({ node, at, readBlocks })
    case 'upload':
      return readUpload({ node, at })
    case 'block':
      return readFieldBlock({ node, at, readBlocks })
    default:
      return readBlocks({ nodes: childrenOf(node), at })
  }
}

const BLOCK_TYPES = ['paragraph', 'heading', 'quote', 'list', 'horizontalrule', 'table', 'upload', 'block']

const isKnownInline = ({ type, text }: StoredNode) =>
  INLINE_TYPES.some((inline) => inline === type) || typeof text === 'string'
const isNoBlock = ({ type }: StoredNode) => !BLOCK_TYPES.some((block) => block === type)

type ToBlock = (children: Inline[]) => Block

const toParagraph: ToBlock = (children) => ({ kind: 'paragraph', children })

const toHeading =
  (tag: unknown): ToBlock =>
  (children) => ({ kind: 'heading', level: tag === 'h3' ? 3 : isSmall(tag) ? 4 : 2, children })
const isSmall = (tag: unknown) => tag === 'h4' || tag === 'h5' || tag === 'h6'

/** A block of text. What cannot stand inside one (an image that was pasted into a paragraph) parts it in two. */
const readTextBlock = ({
  node,
  at,
  toBlock,
}: {
  node: StoredNode
  at: Position
  toBlock: ToBlock
}): Block[] => readMixed({ nodes: childrenOf(node), at, isInline: isNoBlock, toBlock })

function readMixed({
  nodes,
  at,
  isInline,
  toBlock,
}: {
  nodes: StoredNode[]
  at: Position
  isInline: (node: StoredNode) => boolean
  toBlock: ToBlock
}): Block[] {
  if (isTooDeep(at)) return []
  const below = deeper(at)
  return runsOf(nodes, isInline).flatMap((run) => {
    if (!Array.isArray(run)) return readBlock({ node: run, at: below })
    const children = readInlines({ nodes: run, at: below })
    return hasText(children) ? [toBlock(children)] : []
  })
}

/** Neighbours that are inline belong together; a block stands alone. */
function runsOf(nodes: StoredNode[], isInline: (node: StoredNode) => boolean): (StoredNode | StoredNode[])[] {
  const runs: (StoredNode | StoredNode[])[] = []
  for (const node of nodes) {
    const last = runs.at(-1)
    if (!isInline(node)) runs.push(node)
    else if (Array.isArray(last)) last.push(node)
    else runs.push([node])
  }
  return runs
}
