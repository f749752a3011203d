import { TableCellNode, TableNode, TableRowNode } from '@lexical/table'
import { createNode, createServerFeature } from '@payloadcms/richtext-lexical'

/**
 * Tables in an article. Payload's own feature is experimental, speaks English alone, and merges and colours cells: no mail
 * shows that everywhere.
 */
export const TableFeature = createServerFeature({
  feature: {
    ClientFeature: '/admin/tables/feature.client.tsx#TableFeatureClient',
    i18n: {
      sv: {
        label: 'Tabell',
        insert: 'Infoga tabell',
        rowAbove: 'Ny rad ovanför',
        rowBelow: 'Ny rad under',
        columnBefore: 'Ny kolumn till vänster',
        columnAfter: 'Ny kolumn till höger',
        heads: 'Översta raden är rubriker',
        removeRow: 'Ta bort raden',
        removeColumn: 'Ta bort kolumnen',
        remove: 'Ta bort tabellen',
      },
      en: {
        label: 'Table',
        insert: 'Insert a table',
        rowAbove: 'New row above',
        rowBelow: 'New row below',
        columnBefore: 'New column to the left',
        columnAfter: 'New column to the right',
        heads: 'The first row holds headings',
        removeRow: 'Remove the row',
        removeColumn: 'Remove the column',
        remove: 'Remove the table',
      },
    },
    nodes: [
      createNode({ node: TableNode }),
      createNode({ node: TableRowNode }),
      createNode({ node: TableCellNode }),
    ],
  },
  key: 'table',
})
