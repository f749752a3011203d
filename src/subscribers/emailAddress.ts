import { domainToASCII, domainToUnicode } from 'node:url'

/** Soft hyphens, zero-width signs, marks of direction, byte order marks, tags: nobody sees them, and they come with a paste. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** An address with a name beside it is shorter. */
const LONGEST_WRITTEN = 1_000

/**
 * An address as somebody wrote it: `Anna <a@b.se>`, `"Ek, Anna" <a@b.se>`, `mailto:a@b.se`, in other widths, with signs that
 * nobody sees, or with the comma after it.
 * @returns the address in its one spelling and the name beside it, if any; null where nothing is written.
 */
export function readAddress(written: string): { email: string; name: string | null } | null {
  // No address, and too much to look through: it is refused as it stands.
  if (written.length > LONGEST_WRITTEN) return { email: written, name: null }
  const text = written.normalize('NFKC').replace(INVISIBLE, '').trim()
  const [, name = '', inside] = /^(.*)<([^<>]*)>[\s.,;]*$/su.exec(text) ?? []
  const address = (inside ?? text)
    .trim()
    .replace(/^mailto:([^?]*).*$/isu, (_, to: string) => decoded(to))
    .replace(/[\s.,;]+$/u, '')
  if (address === '') return null
  const plainName = name
    .trim()
    .replace(/^"(.*)"$/su, '$1')
    .replaceAll('\\"', '"')
    .trim()
  return { email: withAsciiDomain(address.toLowerCase()), name: plainName || null }
}

/**
 * One spelling per address, whoever writes it: staff, readers, the API, an import or a provider. Small letters, and the domain as
 * mail servers know it (punycode, UTS 46): `info@åkeri.example` and `info@xn--keri-poa.example` are one.
 */
export const normaliseEmail = (email: string): string => readAddress(email)?.email ?? ''

/** The address as its owner writes it: for people, never for a mail server. */
export function shownEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1)
  return at > 0 && domain.includes('xn--')
    ? `${email.slice(0, at)}@${domainToUnicode(domain) || domain}`
    : email
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A domain that is none stays as it is written, to be refused by its own name. */
function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  if (at < 0 || /^\p{ASCII}*$/u.test(domain)) return address
  return `${address.slice(0, at)}@${domainToASCII(domain) || domain}`
}

/** The longest address that fits SMTP's path (RFC 5321 section 4.5.3.1.3, erratum 1690). */
const MAX_LENGTH = 254

/** Payload's own rule for an e-mail field (payload/dist/fields/validations.js), with top domains in punycode. */
const PATTERN =
  /^(?!.*\.\.)[\w!#$%&'*+/=?^`{|}~-](?:[\w!#$%&'*+/=?^`{|}~.-]*[\w!#$%&'*+/=?^`{|}~-])?@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.(?:[a-z]{2,}|xn--[a-z0-9-]*[a-z0-9])$/i

/** Whether staff could save it in the admin, and a mail server could take it. @param email normalised. */
export const isEmailAddress = (email: string): boolean =>
  email.length <= MAX_LENGTH && PATTERN.test(email) && isDomain(email.slice(email.lastIndexOf('@') + 1))

/** Whether what calls itself punycode is. */
const isDomain = (domain: string) => !domain.includes('xn--') || domainToASCII(domain) !== ''

/** Letters outside ASCII before the @ need SMTPUTF8, which few servers take. */
export const hasForeignLocalPart = (email: string): boolean =>
  /\P{ASCII}/u.test(email.slice(0, email.lastIndexOf('@')))
