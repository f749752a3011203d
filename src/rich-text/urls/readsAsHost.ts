import { parse } from 'tldts'

/** Endings that are set aside for tests, examples and networks at home (RFC 2606, RFC 6762): no list holds them. */
const RESERVED = ['example', 'test', 'invalid', 'local', 'localhost']

/** Endings of files that are top-level domains too. A mere `name.ending` is a file; with a path or a port it is a host. */
const FILE_ENDINGS = ['zip', 'mov', 'md', 'py', 'sh']

/**
 * Whether an address without a scheme begins with a host, as `trimero.se/om-oss`, `åkeri.example:8080`, `192.0.2.1` and
 * `localhost:3000` do. A domain is one whose ending the Public Suffix List knows, so `rapport.pdf` is a path.
 */
export function readsAsHost(url: string): boolean {
  const [, host = '', port, rest = ''] = /^([^\s/:?#@\\%&]+?)\.?(:\d{1,5})?([/?#].*)?$/s.exec(url) ?? []
  if (/^localhost$/i.test(host)) return port !== undefined || rest !== ''
  if (!/^(?:[\p{L}\p{N}\p{M}_-]{1,63}\.)+[\p{L}\p{N}\p{M}-]{2,63}$|^\d{1,3}(?:\.\d{1,3}){3}$/u.test(host))
    return false
  if (/^www\./i.test(host)) return true
  const ending = host.slice(host.lastIndexOf('.') + 1).toLowerCase()
  if (RESERVED.includes(ending)) return true
  if (FILE_ENDINGS.includes(ending)) return port !== undefined || rest !== ''
  const { isIp, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true })
  return Boolean(isIp) || Boolean(isIcann) || Boolean(isPrivate)
}
