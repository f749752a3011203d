import { isIP, isIPv6 } from 'node:net'

/**
 * Whom to count a call on, from what the connection and the proxies say.
 * @param caller.peer the other end of our own connection; null when nobody told.
 * @param caller.forwardedFor the X-Forwarded-For header: anybody can begin it with anything, each proxy appends whom it
 * was called by.
 * @param caller.trustedProxies how many proxies of our own stand in front; each accounts for one step from the end.
 * @returns an IPv4 address, the /64 of an IPv6 one (a home or a server has all of it), or `unknown`: those share one
 * count.
 */
export function networkAddress({
  peer,
  forwardedFor,
  trustedProxies,
}: {
  peer: string | null
  forwardedFor: string | null
  trustedProxies: number
}): string {
  const steps = [...(forwardedFor ?? '').split(',').filter((step) => step.trim() !== ''), peer ?? '']
  return toNetwork(steps.at(Math.max(-steps.length, -1 - trustedProxies)) ?? '')
}

/**
 * Whether somebody called on behalf of another, and no proxy is trusted: then all behind that proxy are counted as one.
 * Next writes down who called where no proxy did.
 */
export const hasUnknownProxy = ({
  peer,
  forwardedFor,
  trustedProxies,
}: Parameters<typeof networkAddress>[0]): boolean =>
  trustedProxies === 0 &&
  peer !== null &&
  (forwardedFor ?? '').split(',').some((step) => step.trim() !== '' && toNetwork(step) !== toNetwork(peer))

/** `203.0.113.7:4711`, `[2001:db8::1]:443` and `::ffff:203.0.113.7` are ways to write an address too. */
function toNetwork(text: string): string {
  const trimmed = text.trim()
  const bare = /^\[(.+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed
  const address = bare.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped && isIP(mapped)) return mapped
  if (isIPv6(address)) return `${prefixOf(address)}::/64`
  return isIP(address) ? address : 'unknown'
}

/** The first four groups, each without leading zeros. */
function prefixOf(address: string): string {
  const { hostname } = new URL(`http://[${address}]`)
  const [before = '', after] = hostname.slice(1, -1).split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const [first, last] = [groups(before), groups(after ?? '')]
  const zeros = after === undefined ? 0 : 8 - first.length - last.length
  return [...first, ...Array.from({ length: zeros }, () => '0'), ...last].slice(0, 4).join(':')
}
