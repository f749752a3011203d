import type { BasePayload, PayloadRequest } from 'payload'
import { depsOf } from '../deps.ts'
import { hasUnknownProxy, networkAddress } from './networkAddress.ts'
import { peerOf } from './peerHeader.ts'

/** Whom to count a request on: see networkAddress. It is for counting alone, and is never stored or logged as it is. */
export function networkAddressOf({ payload, headers }: Pick<PayloadRequest, 'payload' | 'headers'>): string {
  const caller = {
    peer: peerOf(headers),
    forwardedFor: headers.get('x-forwarded-for'),
    trustedProxies: depsOf(payload).env.trustedProxies,
  }
  if (hasUnknownProxy(caller)) tellOnce(payload)
  return networkAddress(caller)
}

const told = new WeakSet<BasePayload>()

function tellOnce(payload: BasePayload): void {
  if (told.has(payload)) return
  told.add(payload)
  depsOf(payload).log('limits.unknown_proxy', { remedy: REMEDY })
}

const REMEDY =
  'All readers behind a proxy share one limit for forms: set TRUSTED_PROXIES to how many proxies of yours stand in front. If there is none, ignore this.'
