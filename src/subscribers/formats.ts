import type { Field, Format } from './fields.ts'
import { isOwnHeader } from './readHeader.ts'

/** Names of a header, in small letters, as the formats call their columns: the first one that is there counts. */
type Names = Partial<Record<Field, readonly string[]>>

const NAMES: Record<Exclude<Format, 'utskick'>, Names> = {
  // An audience export: mailchimp.com/help/view-export-contacts.
  mailchimp: {
    email: ['email address', 'e-postadress', 'email'],
    first_name: ['first name', 'förnamn', 'fname'],
    last_name: ['last name', 'efternamn', 'lname'],
    topics: ['tags'],
    consent_at: ['confirm_time', 'optin_time'],
    unsubscribed_at: ['unsub_time'],
  },
  // A members export: ghost.org/help/import-members.
  ghost: {
    email: ['email'],
    name: ['name'],
    topics: ['labels'],
    consent_at: ['created_at'],
    subscribed: ['subscribed_to_emails'],
    deleted_at: ['deleted_at'],
  },
  other: {
    email: ['email', 'e-mail', 'e-post', 'epost', 'email address', 'e-mail address', 'e-postadress', 'mejl'],
    name: ['name', 'namn', 'full name', 'fullständigt namn'],
    first_name: ['first name', 'first_name', 'firstname', 'förnamn'],
    last_name: ['last name', 'last_name', 'lastname', 'efternamn'],
    locale: ['locale', 'language', 'språk'],
    topics: ['topics', 'tags', 'labels', 'ämnen', 'taggar', 'etiketter'],
    consent_source: ['consent_source', 'consent source', 'source', 'samtycke', 'källa'],
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
  const names = header.map((name) => name.toLowerCase())
  const places = Object.entries(NAMES[format]).flatMap(([field, candidates]) => {
    const name = candidates.find((candidate) => names.includes(candidate))
    return name === undefined ? [] : [[field as Field, names.indexOf(name)] as const]
  })
  return new Map(places)
}

/**
 * What everybody in the file is, whatever else it says: Mailchimp exports those who left and those whose address is dead
 * into files of their own, which differ from the list of subscribers by a column.
 */
export function statusOfFile(header: readonly string[]): 'unsubscribed' | 'suppressed' | null {
  const names = header.map((name) => name.toLowerCase())
  if (names.includes('clean_time')) return 'suppressed'
  return names.includes('unsub_time') ? 'unsubscribed' : null
}
