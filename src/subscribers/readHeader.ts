import { SubscriberFileError } from './SubscriberFileError.ts'

export const COLUMNS = ['email', 'name', 'locale', 'topics', 'consent_source'] as const
export type Column = (typeof COLUMNS)[number]

const REQUIRED: readonly Column[] = ['email', 'consent_source']
const EXAMPLE = `The first line is to be ${COLUMNS.join(',')}`

/**
 * Which value of a row is what, from the header row; the columns may stand in any order.
 * @throws SubscriberFileError that names what is wrong with the header.
 */
export function readHeader(values: readonly string[]): Column[] {
  const names = values.map((value) => value.toLowerCase())
  refuseOtherSeparator(names)
  const unknown = names.filter((name) => !isColumn(name))
  if (unknown.length > 0)
    throw headerError(`it has the unknown column${unknown.length > 1 ? 's' : ''} ${quoted(unknown)}`)
  const columns = names.filter(isColumn)
  const repeated = columns.filter((name, index) => columns.indexOf(name) !== index)
  if (repeated.length > 0) throw headerError(`it has ${quoted(repeated)} more than once`)
  const missing = REQUIRED.filter((name) => !columns.includes(name))
  if (missing.length > 0) throw headerError(`it lacks ${quoted(missing)}`)
  return columns
}

const isColumn = (name: string): name is Column => COLUMNS.some((column) => column === name)

function refuseOtherSeparator(names: string[]): void {
  const [only = ''] = names
  const separator = [
    { sign: ';', word: 'semicolons' },
    { sign: '\t', word: 'tabs' },
    { sign: '|', word: 'vertical bars' },
  ].find(
    ({ sign }) => names.length === 1 && only.split(sign).map(unquoted).some(isColumn) && only.includes(sign),
  )
  if (separator)
    throw headerError(`its columns are parted by ${separator.word}. Save the file with commas instead`)
}

const unquoted = (value: string) => value.trim().replace(/^"|"$/g, '')

const headerError = (problem: string) =>
  new SubscriberFileError(
    `has a wrong header: ${problem}. ${EXAMPLE}; only ${REQUIRED.join(' and ')} are required`,
  )

const quoted = (names: readonly string[]) => names.map((name) => `“${name}”`).join(', ')
