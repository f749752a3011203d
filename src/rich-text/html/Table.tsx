import type { Block, TableCell } from '../model.ts'
import { Inlines } from './Inlines.tsx'

/** A table that is too wide scrolls, also for those who use the keyboard. */
export function Table({ rows }: Extract<Block, { kind: 'table' }>) {
  return (
    <div className="table" tabIndex={0}>
      <table>
        <tbody>
          {rows.map((cells, index) => (
            <tr key={index}>
              {cells.map((cell, column) => (
                <Cell key={column} {...cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ heads, children }: TableCell) {
  return heads ? (
    <th scope={heads === 'column' ? 'col' : 'row'}>
      <Inlines inlines={children} />
    </th>
  ) : (
    <td>
      <Inlines inlines={children} />
    </td>
  )
}
