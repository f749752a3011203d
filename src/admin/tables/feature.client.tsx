'use client'

import { INSERT_TABLE_COMMAND, TableCellNode, TableNode, TableRowNode } from '@lexical/table'
import { createClientFeature, slashMenuBasicGroupWithItems } from '@payloadcms/richtext-lexical/client'
import type { BaseSelection, LexicalEditor } from '@payloadcms/richtext-lexical/lexical'
import { TablePlugin } from '@payloadcms/richtext-lexical/lexical/react/LexicalTablePlugin'
import type { I18nClient } from '@payloadcms/translations'
import { changeTable, TABLE_CHANGES, isInTable, hasHeads } from './changeTable.ts'
import './tables.css'

const SIZE = { rows: '3', columns: '3', includeHeaders: { rows: true, columns: false } }

const insert = ({ editor }: { editor: LexicalEditor }) => {
  editor.dispatchCommand(INSERT_TABLE_COMMAND, SIZE)
}
const say =
  (name: string) =>
  ({ i18n }: { i18n: I18nClient<object, string> }): string =>
    i18n.t(`lexical:table:${name}`)

/** Tables without merged cells: a mail shows each row with as many. */
function PlainTablePlugin() {
  return <TablePlugin hasCellMerge={false} hasCellBackgroundColor={false} hasHorizontalScroll />
}

export const TableFeatureClient = createClientFeature({
  nodes: [TableNode, TableRowNode, TableCellNode],
  plugins: [{ Component: PlainTablePlugin, position: 'normal' }],
  slashMenu: {
    groups: [
      slashMenuBasicGroupWithItems([
        {
          Icon: TableIcon,
          key: 'table',
          keywords: ['table', 'tabell', 'rader', 'kolumner'],
          label: say('label'),
          onSelect: insert,
        },
      ]),
    ],
  },
  toolbarFixed: {
    groups: [
      {
        type: 'dropdown',
        key: 'table',
        order: 25,
        ChildComponent: TableIcon,
        items: [
          {
            key: 'insertTable',
            label: say('insert'),
            ChildComponent: TableIcon,
            isEnabled: ({ selection }) => !isInTable(selection),
            onSelect: insert,
          },
          ...TABLE_CHANGES.map((change) => ({
            key: change,
            label: say(change),
            ChildComponent: TableIcon,
            isEnabled: ({ selection }: { selection: BaseSelection }) => isInTable(selection),
            ...(change === 'heads' && {
              isActive: ({ selection }: { selection: BaseSelection }) => hasHeads(selection),
            }),
            onSelect: ({ editor }: { editor: LexicalEditor }) => {
              editor.update(() => changeTable(change))
            },
          })),
        ],
      },
    ],
  },
})

function TableIcon() {
  return (
    <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" fill="none" stroke="currentColor">
      <path d="M3.5 4.5h13v11h-13zM3.5 8h13M3.5 11.75h13M10 8v7.5" />
    </svg>
  )
}
