import type { Block } from '../../src/rich-text/model.ts'
import { inlinesToText } from './inlines.ts'
import type { TextLook } from './look.ts'

type Table = Extract<Block, { kind: 'table' }>

/** Wider lines break in a mail program, and columns with them. */
const WIDEST = 76

/** In columns where they fit; else each row for itself, its cells after the heads of their columns. */
export function tableToText({ rows }: Table, look: TextLook): string {
  const texts = rows.map((cells) =>
    cells.map(({ children }) => inlinesToText(children, look).replace(/\n/g, ' ')),
  )
  const widths = (texts[0] ?? []).map((_, column) =>
    Math.max(...texts.map((row) => row[column]?.length ?? 0)),
  )
  const hasHead = rows[0]?.every(({ heads }) => heads === 'column') ?? false
  const width = widths.reduce((sum, each) => sum + each + BETWEEN.length, -BETWEEN.length)
  return width <= WIDEST ? inColumns({ texts, widths, hasHead }) : inRows({ texts, hasHead })
}

const BETWEEN = ' | '

function inColumns({
  texts,
  widths,
  hasHead,
}: {
  texts: string[][]
  widths: number[]
  hasHead: boolean
}): string {
  const lines = texts.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join(BETWEEN)
      .trimEnd(),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('-+-')
  return [...lines.slice(0, 1), ...(hasHead ? [rule] : []), ...lines.slice(1)].join('\n')
}

function inRows({ texts, hasHead }: { texts: string[][]; hasHead: boolean }): string {
  const [head = [], ...rest] = texts
  if (!hasHead || rest.length === 0) return texts.map((row) => row.filter(Boolean).join(BETWEEN)).join('\n')
  return rest
    .map((row) =>
      row
        .map((text, column) => [head[column], text].filter(Boolean).join(': '))
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n\n')
}
