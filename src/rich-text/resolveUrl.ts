/** What a link may lead to: everything else (javascript:, data:, file: …) can run or read something. */
const SAFE_PROTOCOLS = ['http:', 'https:', 'mailto:', 'tel:']

/**
 * An address as somebody wrote it, absolute and harmless; null for one that is neither. A path is one on this site;
 * `example.com` and `info@example.com` are what they look like. A mere `#part` leads nowhere: a mail and a feed have no
 * parts.
 */
export function resolveUrl({ url, baseUrl }: { url: string; baseUrl: string }): string | null {
  const written = withProtocol(decoded(url.trim()))
  if (written === '' || written.startsWith('#')) return null
  const parsed = parse({ url: written, baseUrl })
  if (!parsed || !SAFE_PROTOCOLS.includes(parsed.protocol) || isEmpty(parsed)) return null
  // As it was written where that is unambiguous: "https://example.com" need not get a slash.
  return isPlainAbsolute(written) ? written : parsed.href.replace(/\s/g, '')
}

/** An address of an image: one that a mail client fetches. */
export function resolveFileUrl(input: { url: string; baseUrl: string }): string | null {
  const resolved = resolveUrl(input)
  return resolved && /^https?:/i.test(resolved) ? resolved : null
}

/** Payload's link field stores an address that it does not know as one (with an å, say) as if it were a parameter. */
function decoded(url: string): string {
  if (!/^(https?%3A|mailto%3A|tel%3A|%2F)/i.test(url)) return url
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

function withProtocol(url: string): string {
  if (/^[^\s/:@]+@[^\s/:@]+\.[a-z]{2,}$/i.test(url)) return `mailto:${url}`
  return /^([\p{L}\d-]+\.)+\p{L}{2,}([:/?#]|$)/iu.test(url) ? `https://${url}` : url
}

function parse({ url, baseUrl }: { url: string; baseUrl: string }): URL | null {
  try {
    return new URL(url, `${baseUrl}/`)
  } catch {
    return null
  }
}

const isEmpty = ({ protocol, pathname }: URL) =>
  (protocol === 'mailto:' || protocol === 'tel:') && pathname === ''

const isPlainAbsolute = (url: string) => /^(https?:\/\/|mailto:|tel:)[\w\-.~:/?#[\]@!$&()*+,;=%]+$/i.test(url)
