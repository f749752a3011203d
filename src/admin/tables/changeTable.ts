import {
  $deleteTableColumnAtSelection,
  $deleteTableRowAtSelection,
  $getTableCellNodeFromLexicalNode,
  $getTableNodeFromLexicalNodeOrThrow,
  $insertTableColumnAtSelection,
  $insertTableRowAtSelection,
  $isTableCellNode,
  $isTableRowNode,
  $setTableRowIsHeader,
  TableCellHeaderStates,
  type TableCellNode,
} from '@lexical/table'
import { $getSelection, type BaseSelection } from '@payloadcms/richtext-lexical/lexical'

export const TABLE_CHANGES = [
  'rowAbove',
  'rowBelow',
  'columnBefore',
  'columnAfter',
  'heads',
  'removeRow',
  'removeColumn',
  'remove',
] as const
export type TableChange = (typeof TABLE_CHANGES)[number]

/** The cell with the cursor, or the first one that is marked. */
function cellOf(selection: BaseSelection | null): TableCellNode | null {
  const [node] = selection?.getNodes() ?? []
  return node ? $getTableCellNodeFromLexicalNode(node) : null
}

export const isInTable = (selection: BaseSelection): boolean => cellOf(selection) !== null

/** Whether the first row of the table holds the heads of the columns. */
export function hasHeads(selection: BaseSelection): boolean {
  const cell = cellOf(selection)
  return cell !== null && firstRowOf(cell).every((each) => each.hasHeaderState(TableCellHeaderStates.ROW))
}

function firstRowOf(cell: TableCellNode): TableCellNode[] {
  const row = $getTableNodeFromLexicalNodeOrThrow(cell).getFirstChild()
  return $isTableRowNode(row) ? row.getChildren().filter($isTableCellNode) : []
}

/** Changes the table around the cursor. To be called within an update of the editor. */
export function changeTable(change: TableChange): void {
  const selection = $getSelection()
  const cell = cellOf(selection)
  if (!selection || !cell) return
  switch (change) {
    case 'rowAbove':
      $insertTableRowAtSelection(false)
      return
    case 'rowBelow':
      $insertTableRowAtSelection(true)
      return
    case 'columnBefore':
      $insertTableColumnAtSelection(false)
      return
    case 'columnAfter':
      $insertTableColumnAtSelection(true)
      return
    case 'heads': {
      $setTableRowIsHeader($getTableNodeFromLexicalNodeOrThrow(cell), 0, !hasHeads(selection))
      return
    }
    case 'removeRow':
      $deleteTableRowAtSelection()
      return
    case 'removeColumn':
      $deleteTableColumnAtSelection()
      return
    case 'remove': {
      const table = $getTableNodeFromLexicalNodeOrThrow(cell)
      table.selectPrevious()
      table.remove()
      return
    }
  }
}
