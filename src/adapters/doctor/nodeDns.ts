import { Resolver } from 'node:dns/promises'
import type { Dns } from '../../doctor/ports.ts'

const TIMEOUT_MS = 3_000
const TRIES = 2
/** The name server has answered: there is no such record. */
const NOTHING_THERE = new Set(['ENOTFOUND', 'ENODATA'])
/** What every name server that knows the world has servers for. */
const SURELY_THERE = 'com'

/**
 * Some networks answer each question about a name outside them with "no such name": so a `none` counts only from name
 * servers that know one which is surely there.
 * @param servers none: those of this machine.
 */
export function nodeDns({ servers }: { servers?: string[] } = {}): Dns {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
  if (servers) resolver.setServers(servers)
  let asked: Promise<boolean> | null = null
  const knowsTheWorld = () =>
    (asked ??= resolver.resolveNs(SURELY_THERE).then(
      (found) => found.length > 0,
      () => false,
    ))
  return {
    async txt(name) {
      try {
        // A long record comes in pieces (RFC 7208, section 3.3).
        const records = (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
        if (records.length > 0) return { kind: 'found', records }
      } catch (error) {
        const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : ''
        if (!NOTHING_THERE.has(code)) return { kind: 'unreachable' }
      }
      return { kind: (await knowsTheWorld()) ? 'none' : 'unreachable' }
    },
  }
}
