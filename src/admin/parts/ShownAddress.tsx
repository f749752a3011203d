import { DefaultCell } from '@payloadcms/ui'
import type { DefaultServerCellComponentProps, FieldServerComponent } from 'payload'
import { shownEmail } from '../../subscribers/emailAddress.ts'
import { ShownTitle } from './ShownTitle.tsx'

/** An address in a list, as its owner writes it: it is stored as mail servers know it. */
export function AddressCell({
  cellData,
  className,
  collectionSlug,
  field,
  link,
  linkURL,
  rowData,
  viewType,
}: DefaultServerCellComponentProps) {
  const address: unknown = cellData
  const shown = typeof address === 'string' ? shownEmail(address) : address
  return (
    <DefaultCell
      {...{ className, collectionSlug, link, linkURL, rowData, viewType }}
      field={{ name: 'name' in field ? String(field.name) : 'email', type: 'text' }}
      cellData={shown}
    />
  )
}

/** Below the field of an address: how its owner writes it, when that is another spelling. The heading says it so too. */
export const AddressBelow: FieldServerComponent = ({ data, clientField }) => {
  const name = 'name' in clientField ? String(clientField.name) : 'email'
  const stored: unknown = (data as Record<string, unknown> | undefined)?.[name]
  const shown = typeof stored === 'string' ? shownEmail(stored) : null
  if (shown === null || typeof stored !== 'string' || shown === stored) return null
  return (
    <>
      <ShownTitle {...{ stored, shown }} />
      <p className="field-description">{shown}</p>
    </>
  )
}
