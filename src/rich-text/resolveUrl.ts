import { readUrl } from './urls/readUrl.ts'

/**
 * An address as somebody wrote it (see urls/readUrl), absolute and harmless; null for one that is neither. A path is one
 * on this site. A mere `#part` leads nowhere: a mail and a feed have no parts.
 */
export function resolveUrl({ url, baseUrl }: { url: string; baseUrl: string }): string | null {
  const read = readUrl(url)
  if (read.kind !== 'url' || read.url.startsWith('#')) return null
  const parsed = parse({ url: read.url, baseUrl })
  if (!parsed) return null
  // As it was written where that is unambiguous: "https://example.com" need not get a slash.
  return isPlainAbsolute(read.url) ? read.url : parsed.href.replace(/\s/g, '')
}

/** An address of an image: one that a mail client fetches. */
export function resolveFileUrl(input: { url: string; baseUrl: string }): string | null {
  const resolved = resolveUrl(input)
  return resolved && /^https?:/i.test(resolved) ? resolved : null
}

function parse({ url, baseUrl }: { url: string; baseUrl: string }): URL | null {
  try {
    return new URL(url, `${baseUrl}/`)
  } catch {
    return null
  }
}

const isPlainAbsolute = (url: string) =>
  /^(https?:\/\/|mailto:|tel:|sms:)[\w\-.~:/?#[\]@!$&()*+,;=%]+$/i.test(url)
