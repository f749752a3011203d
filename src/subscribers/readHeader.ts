import { isField, OWN_COLUMNS, type Field } from './fields.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

const PUBLIC = ['email', 'name', 'locale', 'topics', 'consent_source'] as const satisfies Field[]
const REQUIRED: readonly Field[] = ['email', 'consent_source']
const EXAMPLE = `The first line is to be ${PUBLIC.join(',')}`

/**
 * Which value of a row is what, from the header row of a file of our own; the columns may stand in any order.
 * @param hasConsentSource whether one is given for the whole file.
 * @throws SubscriberFileError that names what is wrong with the header.
 */
export function readHeader({
  values,
  hasConsentSource,
}: {
  values: readonly string[]
  hasConsentSource: boolean
}): Field[] {
  const names = values.map((value) => value.toLowerCase())
  refuseOtherSeparator(names)
  const unknown = names.filter((name) => !isOwn(name))
  if (unknown.length > 0)
    throw headerError(`it has the unknown column${unknown.length > 1 ? 's' : ''} ${quoted(unknown)}`)
  const columns = names.filter(isField)
  const repeated = columns.filter((name, index) => columns.indexOf(name) !== index)
  if (repeated.length > 0) throw headerError(`it has ${quoted(repeated)} more than once`)
  const missing = REQUIRED.filter(
    (name) => !columns.includes(name) && !(name === 'consent_source' && hasConsentSource),
  )
  if (missing.length > 0) throw headerError(`it lacks ${quoted(missing)}`)
  return columns
}

/** Whether every column is one of a file of our own. */
export const isOwnHeader = (values: readonly string[]): boolean =>
  values.every((value) => isOwn(value.toLowerCase()))

const isOwn = (name: string) => OWN_COLUMNS.some((column) => column === name)

/** Said before anything else is: such a file has one column, whatever is named. @throws SubscriberFileError */
export function refuseOtherSeparator(names: readonly string[]): void {
  const [only = ''] = names
  const separator = [
    { sign: ';', word: 'semicolons' },
    { sign: '\t', word: 'tabs' },
    { sign: '|', word: 'vertical bars' },
  ].find(({ sign }) => names.length === 1 && only.split(sign).length > 1 && looksLikeHeader(only.split(sign)))
  if (separator)
    throw headerError(`its columns are parted by ${separator.word}. Save the file with commas instead`)
}

const looksLikeHeader = (names: string[]) =>
  names.some((name) => isOwn(unquoted(name)) || /e-?(?:mail|post)/i.test(name))

const unquoted = (value: string) => value.trim().replace(/^"|"$/g, '')

const headerError = (problem: string) =>
  new SubscriberFileError(
    `has a wrong header: ${problem}. ${EXAMPLE}; only ${REQUIRED.join(' and ')} are required`,
  )

export const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ')
