/** What a column of a file can be. The first five are the public format; the others are what an export adds. */
export const FIELDS = [
  'email',
  'name',
  'locale',
  'topics',
  'consent_source',
  'status',
  'consent_at',
  'unsubscribed_at',
  'paused_until',
  'asked_at',
  'suppression',
  // Of other programs' files.
  'first_name',
  'last_name',
  'subscribed',
  'deleted_at',
] as const
export type Field = (typeof FIELDS)[number]

/** The columns of our own files, in the order in which an export writes them. */
export const OWN_COLUMNS = FIELDS.slice(0, FIELDS.indexOf('first_name'))

/** As in the forms: a name stands in the header of a mail. */
export const LONGEST_NAME = 100

export const FORMATS = ['utskick', 'mailchimp', 'ghost'] as const

/** `other`: a file of none of the known formats, whose columns somebody has named. */
export type Format = (typeof FORMATS)[number] | 'other'

/** The column that each field is read from, by its name in the header. */
export type Mapping = Partial<Record<Field, string>>

export const isField = (name: string): name is Field => FIELDS.some((field) => field === name)

/** The name of a column in the same letters, however it is written: `E-post` and `e_post`, `Förnamn` and `FORNAMN`. */
export const columnKey = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
