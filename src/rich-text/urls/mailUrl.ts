const ADDRESS = /^[^\s@<>,;:"()[\]\\/?#]+@[^\s@<>,;:"()[\]\\/?#]+\.[^\s@<>,;:"()[\]\\/?#.]{2,}$/u

/** Whether an address without a scheme is one to write to: `hej@exempel.example`, with or without `?subject=…`. */
export const readsAsMailAddress = (url: string): boolean => {
  const { addresses } = split(url)
  return addresses.length > 0 && addresses.every((address) => ADDRESS.test(address))
}

/**
 * @param written what stands behind `mailto:`: addresses with commas between them, and headers behind a question mark.
 * @returns the whole address (RFC 6068); null when that is none.
 */
export function mailUrl(written: string): string | null {
  const { addresses, headers } = split(written.includes('@') ? written : written.replace(/%40/g, '@'))
  if (addresses.length === 0 && headers === '') return null
  if (!addresses.every((address) => ADDRESS.test(decoded(address)))) return null
  return `mailto:${addresses.join(',')}${headers}`
}

function split(written: string): { addresses: string[]; headers: string } {
  const end = written.indexOf('?')
  const list = end < 0 ? written : written.slice(0, end)
  const headers = end < 0 ? '' : written.slice(end).trim()
  return {
    // "Anna <anna@exempel.example>", as mail programs copy it.
    addresses: list
      .split(/[,;]/)
      .map((part) => (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim())
      .filter((address) => address !== ''),
    headers: headers === '?' ? '' : headers,
  }
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
