/** Longer than any chain of saves has damaged an address. */
const MOST_ROUNDS = 40

/**
 * An address without what nobody sees, and decoded for as long as all of it is encoded. Payload's link field stored
 * what it did not know as encodeURIComponent of it, again at each save: `trimero.se%2Fom-oss`, `http%253A%252F%252F…`.
 * An address that is written as one (`https://x.se/a%2Fb`) holds `:` or `/`, which that function never leaves.
 */
export function unwrapUrl(written: string): string {
  let url = withoutInvisible(written).trim()
  for (let round = 0; round < MOST_ROUNDS && isEncodedWhole(url); round++) {
    url = withoutInvisible(decodeURIComponent(url)).trim()
  }
  return url
}

function isEncodedWhole(url: string): boolean {
  if (!url.includes('%')) return false
  try {
    const upper = url.replace(/%[\da-f]{2}/gi, (triple) => triple.toUpperCase())
    return encodeURIComponent(decodeURIComponent(url)) === upper
  } catch {
    return false
  }
}

/** Control characters, line breaks, tabs and marks of direction: browsers pass over some of them in a scheme. */
export const withoutInvisible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    '',
  )
