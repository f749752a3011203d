import type { Field, Format, Mapping } from './fields.ts'
import { knownColumns, recogniseFormat, statusOfFile } from './formats.ts'
import { quoted, readHeader, refuseOtherSeparator } from './readHeader.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** What whoever imports has chosen; what is not chosen is recognised by the header. */
export interface ImportChoices {
  format?: Format | undefined
  /** The column of a field by its name; an empty name: of none. */
  mapping?: Mapping | undefined
  /** Where everybody in the file asked for the newsletter, whose row does not say it. */
  consentSource?: string | undefined
}

/** How the rows of one file are read. */
export interface ImportPlan {
  format: Format
  /** Where in a row each field stands. */
  columns: ReadonlyMap<Field, number>
  header: readonly string[]
  /** Names of the columns that are not read. */
  ignored: string[]
  statusOfFile: 'unsubscribed' | 'suppressed' | null
  consentSource: string | null
}

/** @throws SubscriberFileError when the file cannot be read so; the message says what to choose. */
export function planImport({
  header,
  choices: { format, mapping = {}, consentSource },
}: {
  header: readonly string[]
  choices: ImportChoices
}): ImportPlan {
  const source = consentSource?.trim() || null
  const isMapped = Object.keys(mapping).length > 0
  const recognised = format ?? recogniseFormat(header)
  // Who names no column expects a file of our own, and hears what is wrong with it.
  const chosen = recognised === 'other' && format === undefined && !isMapped ? 'utskick' : recognised
  refuseOtherSeparator(header.map((name) => name.toLowerCase()))
  const columns =
    chosen === 'utskick'
      ? new Map(readHeader({ values: header, hasConsentSource: source !== null || isMapped }).map(toPlace))
      : knownColumns({ format: chosen, header })
  applyMapping({ columns, mapping, header })
  if (!columns.has('email'))
    throw new SubscriberFileError(`has no column for the address: say which it is (${columnsOf(header)})`)
  const ofFile = statusOfFile(header)
  if (ofFile === null && source === null && !columns.has('consent_source'))
    throw new SubscriberFileError(
      'does not say where its people asked for the newsletter: give a consent source for the whole file, or name a column',
    )
  const read = new Set(columns.values())
  return {
    format: chosen,
    columns,
    header,
    ignored: header.filter((_, index) => !read.has(index)),
    statusOfFile: ofFile,
    consentSource: source,
  }
}

/** The same as a start for somebody who chooses: nothing is missing yet. */
export function suggestMapping(header: readonly string[]): { format: Format; mapping: Mapping } {
  refuseOtherSeparator(header.map((name) => name.toLowerCase()))
  const format = recogniseFormat(header)
  const columns =
    format === 'utskick'
      ? new Map(readHeader({ values: header, hasConsentSource: true }).map(toPlace))
      : knownColumns({ format, header })
  return {
    format,
    mapping: Object.fromEntries([...columns].map(([field, index]) => [field, header[index] ?? ''])),
  }
}

const toPlace = (field: Field, index: number): [Field, number] => [field, index]

function applyMapping({
  columns,
  mapping,
  header,
}: {
  columns: Map<Field, number>
  mapping: Mapping
  header: readonly string[]
}): void {
  for (const [name, column] of Object.entries(mapping)) {
    const field = name as Field
    if (column === '') columns.delete(field)
    else columns.set(field, placeOf({ column, header }))
  }
}

function placeOf({ column, header }: { column: string; header: readonly string[] }): number {
  const wanted = column.trim().toLowerCase()
  const places = header.flatMap((name, index) => (name.toLowerCase() === wanted ? [index] : []))
  const [place] = places
  if (place === undefined)
    throw new SubscriberFileError(`has no column “${column}”; it has ${columnsOf(header)}`)
  if (places.length > 1) throw new SubscriberFileError(`has the column “${column}” more than once`)
  return place
}

const columnsOf = (header: readonly string[]) => quoted(header.filter((name) => name !== ''))
