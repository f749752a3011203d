import type { Block, Inline, RichText, TableCell } from './model.ts'
import { childrenOf, deeper, type Position, type StoredNode } from './node.ts'
import { hasText } from './readInlines.ts'

type ReadBlocks = (input: { nodes: StoredNode[]; at: Position }) => RichText

/** More columns than these no mail can show; what is in others is left out. */
const MOST_COLUMNS = 20

/**
 * A table with as many cells in each row, and what cannot stand in a cell (an image, a box) after it. Rows and columns in
 * which nobody has written are left out.
 */
export function readTable({
  node,
  at,
  readBlocks,
}: {
  node: StoredNode
  at: Position
  readBlocks: ReadBlocks
}): Block[] {
  const after: Block[] = []
  const rows = childrenOf(node)
    .filter(({ type }) => type === 'tablerow')
    .map((row) =>
      childrenOf(row)
        .slice(0, MOST_COLUMNS)
        .map((cell) => {
          const content = readBlocks({ nodes: childrenOf(cell), at: deeper(at) })
          const lines = content.flatMap((block) => {
            const read = linesOf(block)
            if (read === null) after.push(block)
            return read ?? []
          })
          return { heads: headsOf(cell.headerState), children: joinLines(lines) }
        }),
    )
    .filter((cells) => cells.some(({ children }) => hasText(children)))
  const full = withoutEmptyColumns(padded(rows))
  return full.length > 0 ? [{ kind: 'table', rows: full }, ...after] : after
}

/** Lexical's flags: 1 in a row of headings, 2 in a column of them. */
function headsOf(state: unknown): TableCell['heads'] {
  if (state === 1 || state === 3) return 'column'
  return state === 2 ? 'row' : null
}

/** Null for what cannot stand in a line. */
function linesOf(block: Block): Inline[][] | null {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
    case 'quote':
      return [block.children]
    case 'list':
      return block.items.flatMap((item) => [
        ...(hasText(item.children)
          ? [[{ kind: 'text', text: '• ', formats: [] } satisfies Inline, ...item.children]]
          : []),
        ...item.nested.flatMap((list) => linesOf(list) ?? []),
      ])
    case 'rule':
      return []
    case 'table':
    case 'image':
    case 'code':
    case 'callout':
    case 'button':
    case 'video':
    case 'file':
      return null
  }
}

const joinLines = (lines: Inline[][]): Inline[] =>
  lines.flatMap((line, index) => (index > 0 ? [{ kind: 'linebreak' } as const, ...line] : line))

function padded(rows: TableCell[][]): TableCell[][] {
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  return rows.map((cells) => [
    ...cells,
    ...Array.from({ length: width - cells.length }, (): TableCell => ({ heads: null, children: [] })),
  ])
}

function withoutEmptyColumns(rows: TableCell[][]): TableCell[][] {
  const isUsed = (index: number) => rows.some((cells) => hasText(cells[index]?.children ?? []))
  return rows.map((cells) => cells.filter((_, index) => isUsed(index)))
}
