import { DefaultCell } from '@payloadcms/ui'
import type { DefaultServerCellComponentProps, RelationshipFieldClient, TextFieldClient } from 'payload'

/** A value in a list as Payload shows it; a dash where there is none, in place of Payload's “<No name>”. */
export function QuietCell({
  cellData,
  className,
  collectionSlug,
  field,
  link,
  linkURL,
  rowData,
  viewType,
}: DefaultServerCellComponentProps) {
  const value: unknown = cellData
  const isEmpty =
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  if (isEmpty && !link) return <span>–</span>
  return (
    <DefaultCell
      {...{ className, collectionSlug, link, linkURL, rowData, viewType }}
      field={clientFieldOf(field)}
      cellData={value}
    />
  )
}

/** What the cell needs of it: a field of the server holds functions, which go to no browser. */
function clientFieldOf(
  field: DefaultServerCellComponentProps['field'],
): RelationshipFieldClient | TextFieldClient {
  const name = 'name' in field ? String(field.name) : ''
  return field.type === 'relationship'
    ? ({
        name,
        type: 'relationship',
        relationTo: field.relationTo,
        hasMany: field.hasMany,
      } as RelationshipFieldClient)
    : { name, type: 'text' }
}
