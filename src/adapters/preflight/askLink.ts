import { lookup as lookUp, type LookupAddress } from 'node:dns'
import { request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { LinkAnswer } from '../../preflight/model.ts'
import { isPrivateAddress } from '../../preflight/rules/links.ts'

const PATIENCE_MS = 2_500
const MOST_REDIRECTS = 4

/** Some servers answer to HEAD with these although they have the page. */
const ASKED_AGAIN = [400, 403, 404, 405, 501]

/**
 * See PreflightPorts.askLink. The connection itself looks the name up, so a name that changes its answer between a check and
 * a call gains nothing. Each redirect is checked in the same way. It reads no body and sends no cookie.
 * @param options.isForbidden which network addresses are not called.
 * @param options.ports as a URL has them; empty: that of its scheme.
 */
export const linkAsker =
  ({
    isForbidden = isPrivateAddress,
    ports = WEB_PORTS,
  }: { isForbidden?: (address: string) => boolean; ports?: string[] } = {}) =>
  async (url: string): Promise<LinkAnswer | null> => {
    if (!ports.includes(new URL(url).port)) return null
    const signal = AbortSignal.timeout(PATIENCE_MS)
    try {
      const answer = await follow({ url, method: 'HEAD', signal, isForbidden, ports })
      return answer.kind === 'answered' && ASKED_AGAIN.includes(answer.status)
        ? await follow({ url, method: 'GET', signal, isForbidden, ports })
        : answer
    } catch (error) {
      return error instanceof ForbiddenAddress ? { kind: 'private' } : { kind: 'silent' }
    }
  }

/** To ask at other doors would be knocking at them. */
const WEB_PORTS = ['', '80', '443', '8080', '8443']

class ForbiddenAddress extends Error {}

interface Asked {
  url: string
  method: 'HEAD' | 'GET'
  signal: AbortSignal
  isForbidden: (address: string) => boolean
  ports: string[]
}

async function follow(asked: Asked, redirects = 0): Promise<LinkAnswer> {
  const { status, location } = await ask(asked)
  if (status < 300 || status > 399 || !location) return { kind: 'answered', status }
  const next = URL.canParse(location, asked.url) ? new URL(location, asked.url).href : null
  if (next === null || redirects === MOST_REDIRECTS || !/^https?:/.test(next)) return { kind: 'silent' }
  return follow({ ...asked, url: next }, redirects + 1)
}

function ask({
  url,
  method,
  signal,
  isForbidden,
  ports,
}: Asked): Promise<{ status: number; location?: string }> {
  const { hostname, protocol } = new URL(url)
  // A name that is an address is not looked up.
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && isForbidden(address)) throw new ForbiddenAddress()
  if (!ports.includes(new URL(url).port)) throw new Error('The redirect leads to no web port.')
  const options: RequestOptions = {
    method,
    signal,
    lookup: guardedLookup(isForbidden),
    headers: { 'User-Agent': 'Utskick (link check)', Accept: '*/*' },
  }
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      const { statusCode: status = 0, headers } = response
      response.destroy()
      resolve({ status, ...(headers.location !== undefined && { location: headers.location }) })
    })
    request.on('error', reject)
    request.end()
  })
}

/** Finds the address of a name, and refuses one that must not be called. */
const guardedLookup =
  (isForbidden: (address: string) => boolean): LookupFunction =>
  (name, options, answer) => {
    lookUp(name, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return answer(error, '')
      const [first] = addresses
      if (!first || addresses.some(({ address }) => isForbidden(address)))
        return answer(new ForbiddenAddress(name), '')
      if (options.all) return answer(null, addresses)
      answer(null, first.address, first.family)
    })
  }
