import { columnKey, type Field, type Format, type Mapping } from './fields.ts'
import { knownColumns, recogniseFormat, statusOfFile } from './formats.ts'
import { hasOwnColumns, quoted, readHeader } from './readHeader.ts'
import { findStatusColumns, type StatusAnswer, type StatusColumns } from './readStatuses.ts'
import type { FileSeparator, SubscriberFile } from './subscriberFile.ts'
import { SubscriberFileError, type FileWords } from './SubscriberFileError.ts'

/** What whoever imports has chosen; what is not chosen is recognised by the header. */
export interface ImportChoices {
  format?: Format | undefined
  /** Between two values; none: it is found out. */
  separator?: FileSeparator | undefined
  /** The column of a field by its name; an empty name: of none. */
  mapping?: Mapping | undefined
  /** Where everybody in the file asked for the newsletter, whose row does not say it. */
  consentSource?: string | undefined
  /** The words that they agreed to, where `consentSource` says where. */
  consentText?: string | undefined
  /** The slug of what everybody follows, where the file has no column of topics. */
  topic?: string | undefined
  /** What values mean that the file leaves open. */
  answers?: readonly StatusAnswer[] | undefined
}

/** How the rows of one file are read. */
export interface ImportPlan extends Pick<SubscriberFile, 'encoding' | 'separator'> {
  format: Format
  /** Where in a row each field stands. */
  columns: ReadonlyMap<Field, number>
  header: readonly string[]
  /** Names of the columns that are not read. */
  ignored: string[]
  statusOfFile: 'unsubscribed' | 'suppressed' | null
  status: StatusColumns
  consentSource: string | null
  consentText: string | null
  topic: string | null
}

/** @throws SubscriberFileError when the file cannot be read so; the message says what to choose. */
export function planImport({
  file: { header, encoding, separator },
  choices: { format, mapping = {}, consentSource, consentText, topic, answers = [] },
  fileName = '',
}: {
  file: Pick<SubscriberFile, 'header' | 'encoding' | 'separator'>
  choices: ImportChoices
  /** Some programs say in it who is in the file. */
  fileName?: string
}): ImportPlan {
  const source = consentSource?.trim() || null
  const isMapped = Object.keys(mapping).length > 0
  const recognised = format ?? recogniseFormat(header)
  const isOurs = hasOwnColumns(header) || !knownColumns({ format: 'other', header }).has('email')
  // For a file of our own, and one whose columns say nothing to us: somebody is to hear what is wrong with its header.
  const chosen =
    recognised === 'other' && format === undefined && !isMapped && isOurs ? 'utskick' : recognised
  const columns =
    chosen === 'utskick'
      ? readHeader({ values: header, hasConsentSource: source !== null || isMapped })
      : knownColumns({ format: chosen, header })
  applyMapping({ columns, mapping, header })
  if (!columns.has('email'))
    throw new SubscriberFileError({
      en: `has no column for the address: say which it is (${columnsOf(header).en})`,
      sv: `har ingen kolumn för adressen: ange vilken det är (${columnsOf(header).sv})`,
    })
  const isOfLeavers = answers.some(({ column, means }) => column === '' && means === 'left')
  const ofFile = statusOfFile({ header, fileName }) ?? (isOfLeavers ? 'unsubscribed' : null)
  const status = findStatusColumns({ format: chosen, header, columns, answers })
  if (ofFile === null && source === null && !columns.has('consent_source'))
    throw new SubscriberFileError({
      en: 'does not say where its people asked for the newsletter: give a consent source for the whole file, or name a column',
      sv: 'säger inte var personerna bad om nyhetsbrevet: ange var samtycket gavs för hela filen, eller välj en kolumn',
    })
  const read = new Set([...columns.values(), ...status.columns.map(({ place }) => place)])
  return {
    format: chosen,
    encoding,
    separator,
    columns,
    header,
    ignored: header.filter((name, index) => name !== '' && !read.has(index)),
    statusOfFile: ofFile,
    status,
    consentSource: source,
    consentText: consentText?.trim() || null,
    topic: columns.has('topics') ? null : topic || null,
  }
}

/** The same as a start for somebody who chooses: nothing is missing yet. */
export function suggestMapping(header: readonly string[]): { format: Format; mapping: Mapping } {
  const format = recogniseFormat(header)
  const columns =
    format === 'utskick'
      ? readHeader({ values: header, hasConsentSource: true })
      : knownColumns({ format, header })
  return {
    format,
    mapping: Object.fromEntries([...columns].map(([field, index]) => [field, header[index] ?? ''])),
  }
}

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
  const exact = header.flatMap((name, index) => (name.toLowerCase() === wanted ? [index] : []))
  const places =
    exact.length > 0 ? exact : header.flatMap((name, index) => (isSameColumn(name, column) ? [index] : []))
  const [place] = places
  if (place === undefined)
    throw new SubscriberFileError({
      en: `has no column “${column}”; it has ${columnsOf(header).en}`,
      sv: `har ingen kolumn ”${column}”; den har ${columnsOf(header).sv}`,
    })
  if (places.length > 1)
    throw new SubscriberFileError({
      en: `has the column “${column}” more than once`,
      sv: `har kolumnen ”${column}” mer än en gång`,
    })
  return place
}

const isSameColumn = (name: string, column: string) => name !== '' && columnKey(name) === columnKey(column)

const columnsOf = (header: readonly string[]): FileWords => quoted(header.filter((name) => name !== ''))
