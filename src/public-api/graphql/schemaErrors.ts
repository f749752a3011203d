import type { Locale } from '../../newsletter/model.ts'
import { isObject } from '../whereProblem.ts'

/** What the schema says in English; its groups are $1, $2 in the Swedish. */
interface KnownError {
  is: RegExp
  sv: string
  /** Which group names what is wrong: a field, an argument, a variable. */
  names?: number
}

const known = (is: RegExp, sv: string, names?: number): KnownError => ({
  is,
  sv,
  ...(names !== undefined && { names }),
})

const ERRORS: KnownError[] = [
  known(/^Cannot query field "(.+?)" on type "(.+?)"\.$/, 'Fältet ”$1” finns inte på $2.', 1),
  known(/^Unknown argument "(.+?)" on field "(.+?)"\.$/, 'Argumentet ”$1” finns inte på $2.', 1),
  known(/^Unknown argument "(.+?)" on directive "(.+?)"\.$/, 'Argumentet ”$1” finns inte på $2.', 1),
  known(/^Unknown directive "(.+?)"\.$/, 'Direktivet ”$1” finns inte.', 1),
  known(/^Unknown type "(.+?)"\.$/, 'Typen ”$1” finns inte.', 1),
  known(/^Unknown fragment "(.+?)"\.$/, 'Fragmentet ”$1” finns inte.', 1),
  known(/^Fragment "(.+?)" is never used\.$/, 'Fragmentet ”$1” används aldrig.', 1),
  known(
    /^Fragment "(.+?)" cannot be spread here .*$/,
    'Fragmentet ”$1” passar inte här: det är för en annan typ.',
    1,
  ),
  known(/^Fragment cannot be spread here .*$/, 'Fragmentet passar inte här: det är för en annan typ.'),
  known(
    /^Fragment (?:"(.+?)" )?cannot condition on non composite type "(.+?)"\.$/,
    'Ett fragment för $2 har inga fält.',
    2,
  ),
  known(
    /^Field "(.+?)" must not have a selection since type "(.+?)" has no subfields\.$/,
    'Fältet ”$1” är $2, som inga fält har: ta bort klamrarna efter det.',
    1,
  ),
  known(
    /^Field "(.+?)" of type "(.+?)" must have (?:a selection of subfields|at least one field selected)\.?.*$/,
    'Fältet ”$1” har fält: skriv vilka inom klamrar efter det.',
    1,
  ),
  known(/^Field "(.+?)" is not defined by type "(.+?)"\.$/, 'Fältet ”$1” finns inte i $2.', 1),
  known(
    /^Field "(.+?)" argument "(.+?)" of type "(.+?)" is required, but it was not provided\.$/,
    'Fältet ”$1” kräver argumentet ”$2” av typen $3.',
    2,
  ),
  known(
    /^Argument "(.+?)" of required type "(.+?)" was not provided\.$/,
    'Argumentet ”$1” av typen $2 saknas.',
    1,
  ),
  known(
    /^Argument "(.+?)" of (?:non-null|required) type "(.+?)" (?:must not be null|was provided the variable .*)\.$/,
    'Argumentet ”$1” av typen $2 får inte vara tomt.',
    1,
  ),
  known(/^Argument "(.+?)" has invalid value ([^]*)\.$/, 'Argumentet ”$1” kan inte vara $2.', 1),
  known(/^Value "(.+?)" does not exist in "(.+?)" enum\.$/, '”$1” är inget värde av $2.', 1),
  known(/^Field "(.+?)" of required type "(.+?)" was not provided\.$/, 'Fältet ”$1” av typen $2 saknas.', 1),
  known(/^Variable "(\$\w+)" is not defined(?: by operation ".+?")?\.$/, 'Variabeln $1 är inte angiven.', 1),
  known(/^Variable "(\$\w+)" is never used(?: in operation ".+?")?\.$/, 'Variabeln $1 används aldrig.', 1),
  known(
    /^Variable "(\$\w+)" of required type "(.+?)" was not provided\.$/,
    'Variabeln $1 av typen $2 saknas.',
    1,
  ),
  known(
    /^Variable "(\$\w+)" of non-null type "(.+?)" must not be null\.$/,
    'Variabeln $1 av typen $2 får inte vara tom.',
    1,
  ),
  known(
    /^Variable "(\$\w+)" of type "(.+?)" used in position expecting type "(.+?)"\.$/,
    'Variabeln $1 är av typen $2, och här behövs $3.',
    1,
  ),
  known(
    /^Variable "(\$\w+)" (?:cannot be non-input type|expected value of type) "(.+?)".*$/,
    'Variabeln $1 kan inte vara av typen $2.',
    1,
  ),
  known(/^Variable "(\$\w+)" got invalid value ([^]*?); [^]*$/, 'Variabeln $1 kan inte vara $2.', 1),
  known(/^There can be only one \w+ named "(.+?)"\.$/, '”$1” får bara stå en gång.', 1),
  known(
    /^The directive "(.+?)" can only be used once at this location\.$/,
    '$1 får bara stå en gång här.',
    1,
  ),
  known(/^Directive "(.+?)" may not be used on (.+?)\.$/, '$1 får inte stå här.', 1),
  known(
    /^Fields "(.+?)" conflict because [^]*$/,
    '”$1” står flera gånger med olika innehåll: ge dem olika alias.',
    1,
  ),
  known(/^(\w+) cannot represent (?:a )?(?:non[- ][\w -]+ )?value: ([^]*)$/, '$2 är ingen $1.'),
  known(/^Value is not an? ([^:]*): ([^]*)$/, '”$2” duger inte här ($1).'),
  known(/^Expected (?:value of )?type "(.+?)"[^]*$/, 'Här behövs ett värde av typen $1.'),
]

const HINT = / Did you mean [^]*$/

/**
 * One of the schema's errors, which Payload's hooks do not see, as every other refusal: with a code, the name of what is
 * wrong, and in the language of whoever asks. Others come back as they are.
 * @param options.isStaff the schema's hints name their types and fields.
 */
export function tellSchemaError({
  error,
  language,
  isStaff,
}: {
  error: unknown
  language: Locale
  isStaff: boolean
}): unknown {
  if (!isObject(error) || typeof error.message !== 'string') return error
  const message = isStaff ? error.message : error.message.replace(HINT, '')
  if (isObject(error.extensions)) return { ...error, message }
  const plain = error.message.replace(HINT, '')
  const found = ERRORS.find(({ is }) => is.test(plain))
  const parameter = found?.names === undefined ? undefined : found.is.exec(plain)?.[found.names]
  return {
    ...error,
    message: found && language === 'sv' ? plain.replace(found.is, found.sv) : message,
    extensions: {
      statusCode: 400,
      code: 'query_invalid',
      ...(parameter !== undefined && { data: { parameter } }),
    },
  }
}
