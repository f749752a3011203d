import { columnKey, OWN_COLUMNS, type Field, type Format } from './fields.ts'
import { isOwnHeader } from './readHeader.ts'

/** As the formats call their columns, see columnKey: the first name that is there counts. */
type Names = Partial<Record<Field, readonly string[]>>

const EMAIL = [
  'email',
  'epost',
  'emailaddress',
  'epostadress',
  'emailadress',
  'mejl',
  'mejladress',
  'mail',
  'mailadress',
  'subscriberemail',
  'emailid',
  'primaryemail',
  'customeremail',
  'email1value',
]

const NAMES: Record<Exclude<Format, 'utskick'>, Names> = {
  // An audience export: mailchimp.com/help/view-export-contacts.
  mailchimp: {
    email: EMAIL,
    first_name: ['firstname', 'fornamn', 'fname'],
    last_name: ['lastname', 'efternamn', 'lname'],
    topics: ['tags'],
    consent_at: ['confirmtime', 'optintime'],
    unsubscribed_at: ['unsubtime'],
  },
  // A members export: ghost.org/help/import-members.
  ghost: {
    email: ['email'],
    name: ['name'],
    topics: ['labels'],
    consent_at: ['createdat'],
    deleted_at: ['deletedat'],
  },
  other: {
    email: EMAIL,
    name: ['name', 'namn', 'fullname', 'fullstandigtnamn', 'subscribername'],
    first_name: ['firstname', 'fornamn', 'fname', 'givenname', 'tilltalsnamn'],
    last_name: ['lastname', 'efternamn', 'lname', 'surname', 'familyname'],
    locale: ['locale', 'language', 'sprak'],
    topics: ['topics', 'tags', 'labels', 'amnen', 'amne', 'taggar', 'etiketter'],
    consent_source: ['consentsource', 'source', 'samtyckefran', 'samtyckeskalla', 'kalla'],
  },
}

/** Columns that nothing but a Mailchimp export has; two of them are enough. */
const MAILCHIMP = ['member_rating', 'optin_time', 'confirm_time', 'leid', 'euid', 'unsub_time', 'clean_time']

/** Whose export a file is, by its columns. */
export function recogniseFormat(header: readonly string[]): Format {
  const names = header.map((name) => name.toLowerCase())
  if (isOwnHeader(names)) return 'utskick'
  if (MAILCHIMP.filter((name) => names.includes(name)).length >= 2) return 'mailchimp'
  if (names.includes('email') && names.includes('subscribed_to_emails')) return 'ghost'
  return 'other'
}

/** The columns of a file of another program that say something we know, by their place. */
export function knownColumns({
  format,
  header,
}: {
  format: Exclude<Format, 'utskick'>
  header: readonly string[]
}): Map<Field, number> {
  const names = header.map(columnKey)
  const places = Object.entries(NAMES[format]).flatMap(([field, candidates]) => {
    const name = candidates.find((candidate) => names.includes(candidate))
    return name === undefined ? [] : [[field as Field, names.indexOf(name)] as const]
  })
  return new Map(places)
}

/**
 * What everybody in the file is, whatever else it says: Mailchimp exports those who left, those who never subscribed and
 * those whose address is dead into files of their own, which differ from the list of subscribers by a column or their name.
 */
export function statusOfFile({
  header,
  fileName,
}: {
  header: readonly string[]
  fileName: string
}): 'unsubscribed' | 'suppressed' | null {
  const names = header.map(columnKey)
  if (names.includes('cleantime') || /^cleaned[^a-z]/i.test(fileName)) return 'suppressed'
  return names.includes('unsubtime') || /^(?:un|non)subscribed[^a-z]/i.test(fileName) ? 'unsubscribed' : null
}

/**
 * Whether the name of a file may say that its people have left or cannot be mailed, as exports of those are called:
 * “suppression_unsubscribes.csv”, “Avregistrerade 2026.csv”. The same words stand in “all without unsubscribed.csv”.
 */
export const tellsOfLeavers = (fileName: string): boolean =>
  /unsub|nonsub|notsub|opt(?:ed)?out|avregistr|avanm|avprenum|bounc|studs|undeliver|complain|klagom|spam|blacklist|blocklist|blocked|blockerad|suppress|sparr|svartlist|inactive|inaktiv|cancel|removed|deleted|borttag|raderad|cleaned|donot|abgemeldet|abmeld|desabon|desinscri|avmeld|afmeld|uitgeschr|archived|arkiverad|erased|avslutad|uppsagd|uttrad|avliden|deceased|退订|配信停止/.test(
    columnKey(fileName),
  )

/** How much a row looks like a header: the column of the address weighs most, then other names that we know. */
export function headerScore(values: readonly string[]): number {
  if (values.some((value) => value.includes('@'))) return 0
  const keys = values.map(columnKey)
  const hasEmail = keys.some((key) => EMAIL.includes(key))
  const known = keys.filter((key) => key !== '' && KNOWN.has(key)).length
  return (hasEmail ? 1_000 : 0) + known * 10
}

/** So much has every header that names the column of the address. */
export const HEADER_WITH_EMAIL = 1_000

const KNOWN = new Set([...Object.values(NAMES.other).flat(), ...OWN_COLUMNS.map(columnKey)])
