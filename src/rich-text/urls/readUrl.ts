import { mailUrl, readsAsMailAddress } from './mailUrl.ts'
import { phoneUrl, readsAsPhoneNumber } from './phoneUrl.ts'
import { readsAsHost } from './readsAsHost.ts'
import { unwrapUrl, withoutInvisible } from './unwrapUrl.ts'

/** What somebody wrote as an address: one that may be followed, one that could run or read something, or neither. */
export type ReadUrl = { kind: 'url'; url: string } | { kind: 'unsafe' } | { kind: 'unclear' }

const UNSAFE: ReadUrl = { kind: 'unsafe' }
const UNCLEAR: ReadUrl = { kind: 'unclear' }

/** The only schemes that a link may have. */
const SCHEMES = ['http', 'https', 'mailto', 'tel', 'sms']

/**
 * Reads an address as people type and paste it. Letters such as å stay as they are written; only spaces are encoded.
 * What was encoded as a whole, once or several times, is decoded again; `%2F` within an address stays.
 *
 * - A scheme: `https:`, `http:`, `mailto:`, `tel:` and `sms:` are kept, every other one is unsafe.
 * - `name@domain` is a mail address, `+46 8 …` or `08-…` a telephone number.
 * - A domain with a known ending (see readsAsHost), with or without port and path, gets `https://`.
 * - `/path`, `?query` and `#part` stay; `om-oss` and `om-oss/kontakt` are paths of the site and get their slash.
 */
export function readUrl(written: string): ReadUrl {
  const url = withColon(unwrapUrl(written))
  // A browser takes a backslash for a slash, so "\\server" and "/\server" are other computers.
  if (hasForeignScheme(url) || /^[\\/]*\\/.test(url)) return UNSAFE
  return readCleanUrl(url)
}

/** "https//x", "http;//x" and "https.://x" are slips of the hand. */
const withColon = (url: string): string => url.replace(/^(https?)(?:[;.,]:?|:[;.,])?[/\\]{2}/i, '$1://')

/** Also what an address becomes once a reader's program has decoded it must have no scheme of its own. */
function hasForeignScheme(url: string): boolean {
  const forms = [url, ...decodedForms(url)]
  return forms.some((form) => {
    const scheme = schemeOf(form)
    return scheme !== null && !SCHEMES.includes(scheme)
  })
}

/** What is before the first colon, unless that is a host with its port. */
function schemeOf(url: string): string | null {
  const scheme = /^([a-z][a-z\d+.-]*):/i.exec(withoutInvisible(url).replace(/\s|\p{Cf}/gu, ''))?.[1]
  return scheme === undefined || readsAsHost(url) ? null : scheme.toLowerCase()
}

/** Decoded further and further; the longest chain that anybody needs is short. */
function decodedForms(url: string): string[] {
  const forms: string[] = []
  let form = url
  for (let round = 0; round < 5; round++) {
    const decoded = decodeOnce(form)
    if (decoded === form) break
    forms.push(decoded)
    form = decoded
  }
  return forms
}

const decodeOnce = (text: string): string =>
  decodeEntities(
    text.replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  )

const ENTITIES = new Map([
  ['colon', ':'],
  ['tab', '\t'],
  ['newline', '\n'],
  ['amp', '&'],
  ['sol', '/'],
  ['nbsp', ' '],
])

/** The entities that can stand in or around a scheme. */
const decodeEntities = (text: string): string =>
  text
    .replace(/&#x([\da-f]{1,6});?/gi, (_, hex: string) => fromCode(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => fromCode(Number(digits)))
    .replace(
      /&(colon|tab|newline|amp|sol|nbsp);/gi,
      (_, name: string) => ENTITIES.get(name.toLowerCase()) ?? '',
    )

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

function readCleanUrl(url: string): ReadUrl {
  if (url === '') return UNCLEAR
  if (url.startsWith('//')) return webUrl(`https:${url}`)
  if (/^[/?#]/.test(url)) return found(encodeSpaces(url))
  if (readsAsMailAddress(url)) return orUnclear(mailUrl(url))
  if (readsAsHost(url)) return webUrl(`${/^localhost\b/i.test(url) ? 'http' : 'https'}://${url}`)
  if (readsAsPhoneNumber(url)) return orUnclear(phoneUrl('tel', url))
  return schemeOf(url) === null ? readPath(url) : readScheme(url)
}

function readScheme(url: string): ReadUrl {
  const scheme = schemeOf(url)
  const rest = url.slice(url.indexOf(':') + 1).trim()
  if (scheme === 'mailto') return orUnclear(mailUrl(rest))
  if (scheme === 'tel' || scheme === 'sms') return orUnclear(phoneUrl(scheme, rest))
  return webUrl(`${scheme}:${rest}`)
}

/** A path within the site has no spaces before its first slash: "read more" is a text, not an address. */
function readPath(url: string): ReadUrl {
  const path = url.replace(/^(?:\.{1,2}\/)+/, '')
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._~%!$&'()+,;=-]*(?:[/?#].*)?$/u.test(path)
    ? found(`/${encodeSpaces(path)}`)
    : UNCLEAR
}

/** "https:/x", "https:x" and "https:\\x" mean "https://x"; a second beginning behind the first counts alone. */
function webUrl(url: string): ReadUrl {
  const [, scheme = 'https', rest = ''] = /^(https?):[/\\]*(.*)$/is.exec(url) ?? []
  if (/^https?:|^(mailto|tel|sms):/i.test(rest)) return readUrl(rest)
  if (/^https?:\/{3,}/i.test(url) && !readsAsHost(rest)) return readCleanUrl(`/${rest}`)
  const whole = encodeSpaces(`${scheme.toLowerCase()}://${withoutDotAfterHost(rest)}`)
  return isWebUrl(whole) ? found(whole) : UNCLEAR
}

/** A sentence ends behind the address that it was cut from. */
const withoutDotAfterHost = (rest: string): string => rest.replace(/^([^/?#]*?)\.+(?=[/?#]|$)/, '$1')

function isWebUrl(url: string): boolean {
  const host = /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? ''
  return host !== '' && !/%20|\s/.test(host) && URL.canParse(url)
}

export const encodeSpaces = (url: string): string => url.replace(/\s/g, '%20')

const found = (url: string): ReadUrl => ({ kind: 'url', url })
const orUnclear = (url: string | null): ReadUrl => (url === null ? UNCLEAR : found(url))
