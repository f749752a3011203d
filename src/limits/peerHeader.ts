import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Next hands no route the connection, and takes an X-Forwarded-For that the caller wrote for the truth. */
const PEER_HEADER: unique symbol = Symbol.for('utskick.peerHeader')
const shared: typeof globalThis & { [PEER_HEADER]?: string } = globalThis

/** Nobody outside knows its name, so nobody can send one; the bundler gives each route its own copy of a module. */
const headerName = () => (shared[PEER_HEADER] ??= `x-utskick-peer-${randomUUID()}`)

const forwardedName = () => `${headerName()}-forwarded`

/** Headers by which a proxy says that it calls for somebody else: Forwarded, Via, X-Forwarded-*, X-Real-IP and makers' own. */
const FORWARDING =
  /^(forwarded|via|x-forwarded(-.+)?|x-original-.+|x-envoy-.+|(.+-)?(real|client|connecting|cluster-client)-ip|cf-.+)$/i

/**
 * From now on every request that this process gets carries the address of the other end of its connection, and whether a
 * proxy passed it on: later nobody can tell, as Next adds headers of its own.
 */
export function notePeers(): void {
  const name = headerName()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const { remoteAddress } = request.socket
    if (remoteAddress) request.headers[name] = remoteAddress
    if (request.rawHeaders.some((text, index) => index % 2 === 0 && FORWARDING.test(text)))
      request.headers[forwardedName()] = 'yes'
  })
}

/** Null where no server of ours took the request. */
export const peerOf = (headers: Headers): string | null => headers.get(headerName())

/** Whether a proxy passed the request on, as far as its headers say. */
export const isForwarded = (headers: Headers): boolean => headers.has(forwardedName())
