import { isField, OWN_COLUMNS, type Field } from './fields.ts'
import { SubscriberFileError, type FileWords } from './SubscriberFileError.ts'

const PUBLIC = ['email', 'name', 'locale', 'topics', 'consent_source'] as const satisfies Field[]
const REQUIRED: readonly Field[] = ['email', 'consent_source']

/**
 * Where each field of a file of our own stands, from its header row; the columns may stand in any order. Columns without a
 * name are passed over.
 * @param hasConsentSource whether one is given for the whole file.
 * @throws SubscriberFileError that names what is wrong with the header.
 */
export function readHeader({
  values,
  hasConsentSource,
}: {
  values: readonly string[]
  hasConsentSource: boolean
}): Map<Field, number> {
  const names = values.map((value) => value.toLowerCase())
  const unknown = names.filter((name) => !isOwn(name))
  if (unknown.length > 0)
    throw headerError({
      en: `it has the unknown column${unknown.length > 1 ? 's' : ''} ${quoted(unknown).en}`,
      sv: `den har ${unknown.length > 1 ? 'de okända kolumnerna' : 'den okända kolumnen'} ${quoted(unknown).sv}`,
    })
  const columns = names.flatMap((name, index) => (isField(name) ? [[name, index] as const] : []))
  const places = new Map(columns)
  const repeated = columns.filter(([name, index]) => places.get(name) !== index).map(([name]) => name)
  if (repeated.length > 0)
    throw headerError({
      en: `it has ${quoted(repeated).en} more than once`,
      sv: `den har ${quoted(repeated).sv} mer än en gång`,
    })
  const missing = REQUIRED.filter(
    (name) => !places.has(name) && !(name === 'consent_source' && hasConsentSource),
  )
  if (missing.length > 0)
    throw headerError({ en: `it lacks ${quoted(missing).en}`, sv: `den saknar ${quoted(missing).sv}` })
  return places
}

/** Whether every column is one of a file of our own. */
export const isOwnHeader = (values: readonly string[]): boolean =>
  values.every((value) => isOwn(value.toLowerCase()))

/** Whether a file is meant to be one of our own, other columns or not. */
export const hasOwnColumns = (values: readonly string[]): boolean =>
  REQUIRED.every((name) => values.some((value) => value.toLowerCase() === name))

const isOwn = (name: string) => name === '' || OWN_COLUMNS.some((column) => column === name)

const headerError = (problem: FileWords) =>
  new SubscriberFileError({
    en: `has a wrong header: ${problem.en}. The first line is to be ${PUBLIC.join(',')}; only ${REQUIRED.join(' and ')} are required`,
    sv: `har en felaktig rubrikrad: ${problem.sv}. Första raden ska vara ${PUBLIC.join(',')}; bara ${REQUIRED.join(' och ')} krävs`,
  })

export const quoted = (names: readonly string[]): FileWords => ({
  en: names.map((name) => `“${name}”`).join(', '),
  sv: names.map((name) => `”${name}”`).join(', '),
})
