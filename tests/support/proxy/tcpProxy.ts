import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** One connection from end to end; what comes from one side reaches the other only through these. */
export interface Link {
  toServer: (bytes: Buffer) => void
  toClient: (bytes: Buffer) => void
  /** Ends both sides at once, without a word. */
  cut: () => void
}

/** What becomes of the bytes of one connection. */
export interface Relay {
  fromClient: (bytes: Buffer) => void
  fromServer: (bytes: Buffer) => void
}

export interface TcpProxy {
  port: number
  /** Cuts the connections that are open; new ones are let through. */
  cutAll: () => void
  /** Cuts the connections that are open, and each new one. */
  refuse: () => void
  /** Lets new connections through again. */
  pass: () => void
  close: () => Promise<void>
}

/** A proxy on 127.0.0.1 in front of a server, to take the network away from whoever goes through it. */
export async function startTcpProxy({
  host,
  port,
  relay = passAll,
}: {
  host: string
  port: number
  relay?: (link: Link) => Relay
}): Promise<TcpProxy> {
  const open = new Set<Link>()
  const state = { isRefusing: false }
  const cutAll = () => {
    for (const link of open) link.cut()
  }
  const server = createServer({ noDelay: true }, (client) => {
    if (state.isRefusing) return void client.resetAndDestroy()
    const upstream = connect({ host, port, noDelay: true })
    const link = linkOf({ client, upstream, onEnd: () => open.delete(link) })
    open.add(link)
    const { fromClient, fromServer } = relay(link)
    client.on('data', fromClient)
    upstream.on('data', fromServer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cutAll,
    refuse: () => {
      state.isRefusing = true
      cutAll()
    },
    pass: () => void (state.isRefusing = false),
    close: async () => {
      cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}

function linkOf({ client, upstream, onEnd }: { client: Socket; upstream: Socket; onEnd: () => void }): Link {
  // Reset, not ended: mongodb's driver 6.20, where it polls its server, may wait for ever on a connection that was ended.
  const cut = () => {
    client.resetAndDestroy()
    upstream.destroy()
    onEnd()
  }
  for (const side of [client, upstream]) side.on('error', cut).on('close', cut)
  return {
    toServer: (bytes) => void upstream.write(bytes),
    toClient: (bytes) => void client.write(bytes),
    cut,
  }
}

const passAll = ({ toServer, toClient }: Link): Relay => ({ fromClient: toServer, fromServer: toClient })
