import { commandOf, requestIdOf, responseToOf, wholeMessages } from './mongoMessages.ts'
import { startTcpProxy, type Link, type Relay, type TcpProxy } from './tcpProxy.ts'

/** The connection is cut at one call: before the server has it, or when the server has done it, before its answer. */
export interface Cut {
  call: number
  when: 'before' | 'after'
}

export interface MongoProxy extends Omit<TcpProxy, 'port'> {
  /** The database of the URL given, by way of the proxy. */
  url: string
  /** The commands since the last `count`, in their order. */
  calls: readonly string[]
  /** Counts anew from here, with a cut at one of the calls; with null none. */
  count: (cut: Cut | null) => void
  /** Counts anew from here; one of the calls stands still on its way to the server until it is let go. */
  stall: (call: number) => Stall
}

export interface Stall {
  isReached: Promise<void>
  letGo: () => void
}

/** A proxy in front of MongoDB that knows one call from the next. */
export async function startMongoProxy(target: string): Promise<MongoProxy> {
  const { hostname, port, pathname } = new URL(target)
  const calls: string[] = []
  const state: { cut: Cut | null; stalled: Stalled | null } = { cut: null, stalled: null }
  const isCutAt = (when: Cut['when']) => state.cut?.when === when && state.cut.call === calls.length - 1

  const relay = (link: Link): Relay => {
    const doomed = new Set<number>()
    return {
      fromClient: wholeMessages((message) => {
        const command = commandOf(message)
        if (command !== null) {
          calls.push(command)
          if (isCutAt('before')) return link.cut()
          if (isCutAt('after')) doomed.add(requestIdOf(message))
          if (state.stalled?.call === calls.length - 1)
            return state.stalled.hold(() => link.toServer(message))
        }
        link.toServer(message)
      }),
      fromServer: wholeMessages((message) =>
        doomed.has(responseToOf(message)) ? link.cut() : link.toClient(message),
      ),
    }
  }

  const { port: ours, ...proxy } = await startTcpProxy({ host: hostname, port: Number(port), relay })
  return {
    ...proxy,
    url: `mongodb://127.0.0.1:${ours}${pathname}?directConnection=true`,
    calls,
    count: (cut) => {
      calls.length = 0
      Object.assign(state, { cut, stalled: null })
    },
    stall: (call) => {
      calls.length = 0
      const { stalled, stall } = newStall(call)
      Object.assign(state, { cut: null, stalled })
      return stall
    },
  }
}

interface Stalled {
  call: number
  hold: (goOn: () => void) => void
}

function newStall(call: number): { stalled: Stalled; stall: Stall } {
  const [reached, gone] = [newSignal(), newSignal()]
  const hold = (goOn: () => void) => {
    reached.give()
    void gone.given.then(goOn)
  }
  return { stalled: { call, hold }, stall: { isReached: reached.given, letGo: gone.give } }
}

function newSignal(): { given: Promise<void>; give: () => void } {
  const signal = { give: () => {} }
  const given = new Promise<void>((resolve) => Object.assign(signal, { give: resolve }))
  return { given, give: () => signal.give() }
}
