import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Next hands no route the connection, and takes an X-Forwarded-For that the caller wrote for the truth. */
const PEER_HEADER: unique symbol = Symbol.for('utskick.peerHeader')
const shared: typeof globalThis & { [PEER_HEADER]?: string } = globalThis

/** Nobody outside knows its name, so nobody can send one; the bundler gives each route its own copy of a module. */
const headerName = () => (shared[PEER_HEADER] ??= `x-utskick-peer-${randomUUID()}`)

/** From now on every request that this process gets carries the address of the other end of its connection. */
export function notePeers(): void {
  const name = headerName()
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const { remoteAddress } = request.socket
    if (remoteAddress) request.headers[name] = remoteAddress
  })
}

/** Null where no server of ours took the request. */
export const peerOf = (headers: Headers): string | null => headers.get(headerName())
