/** Longer than any chain of saves has damaged an address. */
const MOST_ROUNDS = 40

/**
 * An address without what nobody sees and what stands around it, and decoded for as long as all of it is encoded. Payload's
 * link field stored what it did not know as encodeURIComponent of it, again at each save: `trimero.se%2Fom-oss`,
 * `http%253A%252F%252F…`.
 * An address that is written as one (`https://x.se/a%2Fb`) holds `:` or `/`, which that function never leaves.
 */
export function unwrapUrl(written: string): string {
  let url = bare(written)
  for (let round = 0; round < MOST_ROUNDS && isEncodedWhole(url); round++) {
    url = bare(decodeURIComponent(url))
  }
  return url
}

/** `<https://x.se>`, `(x.se)`, `”x.se”`, and the `&amp;` of an address that was copied from HTML. */
const bare = (text: string): string => {
  const url = withoutInvisible(text).trim()
  return (AROUND.some((pattern) => pattern.test(url)) ? url.slice(1, -1).trim() : url).replace(AMPERSAND, '&')
}

const AROUND = [/^<[^<>]*>$/, /^\([^()]*\)$/, /^\[[^[\]]*\]$/, /^["“”«'][^"“”«»']*["“”»']$/]
const AMPERSAND = /&(?:amp;|#38;|#x26;)+/gi

function isEncodedWhole(url: string): boolean {
  if (!url.includes('%')) return false
  try {
    const upper = url.replace(/%[\da-f]{2}/gi, (triple) => triple.toUpperCase())
    return encodeURIComponent(decodeURIComponent(url)) === upper
  } catch {
    return false
  }
}

/**
 * Control characters, line breaks, tabs and marks of direction: browsers pass over some of them in a scheme. A line
 * break before another address is a space: both are not one.
 */
export const withoutInvisible = (text: string): string =>
  text
    .replace(/[\r\n\u2028\u2029]+(?=https?:|www\.)/gi, ' ')
    .replace(
      /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
      '',
    )
