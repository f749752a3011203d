import type { CSSProperties } from 'react'
import type { TableCell } from '../../src/rich-text/model.ts'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import { Inlines } from './Inlines.tsx'
import type { Look } from './look.ts'

/** A table of facts and not of layout: screen readers read its headings. Long words break: a mail cannot scroll sideways. */
export function Table({ block: { rows }, look }: { block: BlockOf<'table'>; look: Look }) {
  return (
    <div style={{ margin: '28px 0' }}>
      <table
        className="facts"
        width="100%"
        cellPadding={0}
        cellSpacing={0}
        style={{ borderCollapse: 'collapse' }}
      >
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, column) => (
                <Cell key={column} cell={cell} look={look} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell: { heads, children }, look }: { cell: TableCell; look: Look }) {
  const content = <Inlines inlines={children} look={look} />
  return heads ? (
    <th
      scope={heads === 'column' ? 'col' : 'row'}
      align="left"
      className="box"
      style={{ ...CELL, backgroundColor: light.tint, font: `bold ${FONT}` }}
    >
      {content}
    </th>
  ) : (
    <td style={CELL}>{content}</td>
  )
}

const FONT = `15px/22px ${SANS}`

const CELL: CSSProperties = {
  border: `1px solid ${light.line}`,
  padding: '8px 10px',
  color: light.ink,
  font: FONT,
  textAlign: 'left',
  verticalAlign: 'top',
  wordBreak: 'break-word',
}
