import type { ApiCall } from '../model.ts'

const LOOPBACK = /^(127(\.\d+){3}|localhost|\[::1\])(:\d+)?$/

/**
 * Whether a call comes from a page of another site: by its own origin, or by a name that leads here (DNS rebinding). Such a
 * page may not read the mails, nor set faults.
 */
export function isForeign({ headers: { host = '', origin } }: ApiCall): boolean {
  return !LOOPBACK.test(host) || (origin !== undefined && !LOOPBACK.test(origin.replace(/^https?:\/\//, '')))
}
