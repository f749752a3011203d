import { isIP } from 'node:net'

/** `localhost`, `127.0.0.0/8`, `::1`; without a port. A name that only resolves to one is none. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (bare === 'localhost' || bare === '::1') return true
  const address = bare.replace(/^::ffff:/, '')
  return isIP(address) === 4 && address.startsWith('127.')
}

/**
 * Whether somebody at this very machine calls a server that is for this machine alone. Each sign by itself can be had from
 * elsewhere: behind a proxy the peer is loopback, a page of another site can call localhost from the owner's browser.
 * @param call.peer the other end of our own connection; null when nobody told.
 * @param call.isForwarded whether the call came with a header that proxies add.
 */
export function isLocalCall({
  serverUrl,
  host,
  origin,
  fetchSite,
  peer,
  isForwarded,
}: {
  serverUrl: string
  host: string | null
  origin: string | null
  fetchSite: string | null
  peer: string | null
  isForwarded: boolean
}): boolean {
  return (
    !isForwarded &&
    isLoopback(new URL(serverUrl).hostname) &&
    isLoopbackUrl(`http://${host ?? ''}`) &&
    (origin === null || isLoopbackUrl(origin)) &&
    (fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none') &&
    peer !== null &&
    isLoopback(peer)
  )
}

function isLoopbackUrl(text: string): boolean {
  try {
    return isLoopback(new URL(text).hostname)
  } catch {
    return false
  }
}
