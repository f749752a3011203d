import type { Block, Inline, ListItem } from './model.ts'
import { childrenOf, deeper, isTooDeep, type Position, type StoredNode } from './node.ts'
import { hasText, readInlines } from './readInlines.ts'

type List = Extract<Block, { kind: 'list' }>

/**
 * A list and those below it. Lexical stores a nested list in an item of its own after the one that it belongs to: here
 * it is part of that one. Empty items are dropped, and so is a list without items.
 */
export function readList({ node, at }: { node: StoredNode; at: Position }): List[] {
  if (isTooDeep(at)) return []
  const style = styleOf(node)
  const items: ListItem[] = []
  for (const child of childrenOf(node)) addItem({ items, child, style, at: deeper(at) })
  const start = typeof node.start === 'number' && Number.isInteger(node.start) ? node.start : 1
  return items.length > 0 ? [{ kind: 'list', style, start, items }] : []
}

function addItem({
  items,
  child,
  style,
  at,
}: {
  items: ListItem[]
  child: StoredNode
  style: List['style']
  at: Position
}): void {
  const parts = child.type === 'list' ? [child] : childrenOf(child)
  const children = readItemText({ nodes: parts.filter((part) => !isList(part)), at })
  const nested = parts.filter(isList).flatMap((part) => readList({ node: part, at }))
  const previous = items.at(-1)
  if (hasText(children))
    items.push({ isChecked: style === 'check' ? child.checked === true : null, children, nested })
  else if (previous) previous.nested.push(...nested)
  // Nothing to stand below: the items move up.
  else items.push(...nested.flatMap((list) => list.items))
}

const isList = ({ type }: StoredNode) => type === 'list'

function styleOf({ listType, tag }: StoredNode): List['style'] {
  if (listType === 'check' || listType === 'number' || listType === 'bullet') return listType
  return tag === 'ol' ? 'number' : 'bullet'
}

/** Pasted items can hold whole paragraphs: each begins a line. */
function readItemText({ nodes, at }: { nodes: StoredNode[]; at: Position }): Inline[] {
  const lines = nodes.map((node) =>
    node.type === 'paragraph' || node.type === 'heading' || node.type === 'quote'
      ? { nodes: childrenOf(node), isOwn: true }
      : { nodes: [node], isOwn: false },
  )
  const stored = lines.flatMap(({ nodes: line, isOwn }, index) =>
    isOwn && index > 0 ? [{ type: 'linebreak' }, ...line] : line,
  )
  return readInlines({ nodes: stored, at })
}
