/** Writes a link: its text and, the first time that this address comes, the address. */
export type WriteLink = (link: { text: string; url: string }) => string

/** Links of one mail: a reader gets each address once, and a later mention is only its text. */
export function linkOnce(): WriteLink {
  const written = new Set<string>()
  return ({ text, url }) => {
    const address = addressOf(url)
    const isKnown = written.has(url)
    written.add(url)
    if (isKnown || saysAlready(text, url)) return text
    return text === address ? `<${address}>` : `${text} <${address}>`
  }
}

/** What somebody can use by hand: a mail address or a number without its scheme. */
function addressOf(url: string): string {
  if (/^tel:/i.test(url)) return url.slice('tel:'.length)
  if (!/^mailto:/i.test(url)) return url
  const address = url.slice('mailto:'.length).split('?')[0] ?? ''
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/** "08-777 28 68" is the number of tel:08-7772868. */
const saysAlready = (text: string, url: string) => /^tel:/i.test(url) && digitsOf(text) === digitsOf(url)
const digitsOf = (text: string) => text.replace(/[^\d+]/g, '')
