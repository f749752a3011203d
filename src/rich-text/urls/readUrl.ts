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
 * Reads an address as people type and paste it. Letters such as å stay as they are written; only spaces, quotes and
 * angle brackets are encoded. What was encoded as a whole, once or several times, is decoded again; `%2F` within an
 * address stays. The brackets or quotes around an address, the mark of a sentence behind a host, and behind a path a comma or
 * a bracket that nothing opens, are not part of it.
 *
 * - A scheme: `https:`, `http:`, `mailto:`, `tel:` and `sms:` are kept, every other one is unsafe.
 * - `name@domain` is a mail address; `+46 8 …`, `08-…` and `(08) …` are telephone numbers.
 * - A domain with a known ending (see readsAsHost), with or without port and path, gets `https://`.
 * - `/path`, `?query` and `#part` stay; `om-oss` and `om-oss/kontakt` are paths of the site and get their slash.
 */
export function readUrl(written: string): ReadUrl {
  const url = withColon(unwrapUrl(written))
  // A browser takes a backslash for a slash, so "\\server" and "/\server" are other computers.
  if (hasForeignScheme(url) || /^[\\/]*\\/.test(url)) return UNSAFE
  return readCleanUrl(url)
}

/** "https//x", "http;//x", "https.://x" and "https%3A//x" are slips of hands and programs. */
const withColon = (url: string): string => url.replace(/^(https?)(?:[;.,]:?|:[;.,]|%3a)?[/\\]{2}/i, '$1://')

/** Also what an address becomes once a reader's program has decoded it must have no scheme of its own. */
const hasForeignScheme = (url: string): boolean => schemesIn(url).some((scheme) => !SCHEMES.includes(scheme))

/** Whether a text that nobody calls an address would run or read something, were it taken for one. */
export const runsAsUrl = (text: string): boolean =>
  /[:%&]/.test(text) && schemesIn(unwrapUrl(text)).some((scheme) => RUNNING.includes(scheme))

/** Schemes that browsers and mail programs run, or read from the reader's computer. */
const RUNNING = ['javascript', 'vbscript', 'data', 'file', 'blob', 'filesystem']

const schemesIn = (url: string): string[] =>
  [url, ...decodedForms(url)].map(schemeOf).filter((scheme) => scheme !== null)

/** What is before the first colon, with brackets and quotes before it or not, unless that is a host with its port. */
function schemeOf(url: string): string | null {
  const scheme = /^[\p{Ps}\p{Pi}"'`<]*([a-z][a-z\d+.-]*):/iu.exec(
    // Letters of another width are the same letters to whatever normalises a text later.
    withoutInvisible(url)
      .replace(/\s|\p{Cf}/gu, '')
      .normalize('NFKC'),
  )?.[1]
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
    .replace(/&#x([\da-f]{1,40});?/gi, (_, hex: string) => fromCode(parseInt(hex, 16)))
    .replace(/&#(\d{1,40});?/g, (_, digits: string) => fromCode(Number(digits)))
    .replace(
      /&(colon|tab|newline|amp|sol|nbsp);/gi,
      (_, name: string) => ENTITIES.get(name.toLowerCase()) ?? '',
    )

const fromCode = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

function readCleanUrl(url: string): ReadUrl {
  if (url === '' || holdsTwo(url)) return UNCLEAR
  if (url.startsWith('//')) return webUrl(`https:${url}`)
  if (/^[/?#]/.test(url)) return found(withSlashes(url))
  const bare = withoutEndOfSentence(url)
  if (readsAsMailAddress(bare)) return orUnclear(mailUrl(bare))
  if (readsAsHost(bare)) return webUrl(`${/^localhost\b/i.test(bare) ? 'http' : 'https'}://${bare}`)
  if (readsAsPhoneNumber(url)) return orUnclear(phoneUrl('tel', url))
  return schemeOf(url) === null ? readPath(url) : readScheme(url)
}

/** Two addresses after each other: nobody can tell which one is meant. */
const holdsTwo = (url: string): boolean => /\s(?:https?:\/\/|www\.)/i.test(url)

/** The comma or the bracket behind a mail address, a domain or a host. */
const withoutEndOfSentence = (url: string): string => url.replace(/[.,;:!)”’»]+$/, '')

function readScheme(url: string): ReadUrl {
  const scheme = schemeOf(url)
  const rest = url.slice(url.indexOf(':') + 1).trim()
  if (scheme === 'mailto') return orUnclear(mailUrl(withoutSlashes(rest)))
  if (scheme === 'tel' || scheme === 'sms') return orUnclear(phoneUrl(scheme, withoutSlashes(rest)))
  return webUrl(`${scheme}:${rest}`)
}

/** "mailto://anna@x" and "tel://08…", as if they were web addresses. */
const withoutSlashes = (rest: string): string => rest.replace(/^\/+/, '')

/** A path within the site has no spaces before its first slash: "read more" is a text, not an address. */
function readPath(url: string): ReadUrl {
  const path = url.replace(/^(?:\.{1,2}\/)+/, '')
  return /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._~%!$&'()+,;=-]*(?:[/?#].*)?$/u.test(path)
    ? found(`/${withSlashes(path)}`)
    : UNCLEAR
}

/** "https:/x", "https:x" and "https:\\x" mean "https://x"; a second beginning behind the first counts alone. */
function webUrl(url: string): ReadUrl {
  const [, scheme = 'https', rest = ''] = /^(https?):[/\\]*(.*)$/is.exec(url) ?? []
  if (/^https?:|^(mailto|tel|sms):/i.test(rest)) return readUrl(rest)
  if (/^https?:\/{3,}/i.test(url) && !readsAsHost(rest)) return readCleanUrl(`/${rest}`)
  const whole = `${scheme.toLowerCase()}://${withPlainHost(withSlashes(rest))}`
  return isWebUrl(whole) ? found(whole) : UNCLEAR
}

/** A sentence ends behind the host that it was cut from; a dot there is none of the name. */
const withPlainHost = (rest: string): string => {
  const [, host = '', more = ''] = /^([^/?#]*)(.*)$/s.exec(rest) ?? []
  return more === ''
    ? withoutEndOfSentence(host.trimEnd())
    : host.replace(/\.+$/, '') + withoutMarks(more.trimEnd())
}

/** A dot may belong to a path (`/Inc.`); a comma, a closing quote and a bracket that nothing opens come from the sentence. */
function withoutMarks(path: string): string {
  const bare = path.replace(/[,”’»]+$/, '')
  const bracket = /\)[.:;!]*$/.exec(bare)
  const isOpened = bare.split('(').length >= bare.split(')').length
  const rest = bracket && !isOpened ? bare.slice(0, bracket.index) : bare
  return rest === path ? path : withoutMarks(rest)
}

/** Before a question mark a browser takes a backslash for a slash; other programs would see another host. */
const withSlashes = (url: string): string => url.replace(/^[^?#]*/, (path) => path.replaceAll('\\', '/'))

function isWebUrl(url: string): boolean {
  const host = /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? ''
  return host !== '' && !/%20|[\s"<>`]|(?:^|[.@])\./.test(host) && URL.canParse(url)
}

const found = (url: string): ReadUrl => ({ kind: 'url', url: encodeOdd(url) })
const orUnclear = (url: string | null): ReadUrl => (url === null ? UNCLEAR : found(url))

/** What ends an address in HTML, in a mail's text, or in a program that copies it. */
const encodeOdd = (url: string): string => url.replace(/[\s"<>`]/g, (odd) => encodeURIComponent(odd))
