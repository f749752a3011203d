import type { BasePayload } from 'payload'
import { depsOf } from '../deps.ts'
import { preferencesLinkUntil } from '../newsletter/rules/preferencesLink.ts'
import { makeReaderToken, type ReaderClaim } from '../newsletter/rules/readerToken.ts'
import type { Subscriber } from '../payload-types.ts'
import { addressChange } from './addressChange.ts'
import { rowOf } from './findReader.ts'

const DAY_MS = 86_400_000
const CONFIRM_ADDRESS_DAYS = 1

/** Absolute; each holds a token that stands in for a login. */
export interface ReaderLinks {
  /** The page where they choose; works for 90 days. */
  preferencesUrl: string
  /** The page with the button; works for good. */
  unsubscribeUrl: string
  /** What a mail program calls by itself (RFC 8058): the List-Unsubscribe header's. Works for good. */
  leaveUrl: string
}

interface Person {
  payload: BasePayload
  reader: Pick<Subscriber, 'id' | 'linkKey'>
  now: Date
}

export function readerLinks({ payload, reader, now }: Person): ReaderLinks {
  const row = { ...rowOf(reader), data: null }
  const leaving = { ...row, purpose: 'leave', expiresAt: null } as const
  return {
    preferencesUrl: link({
      payload,
      path: '/preferences',
      claim: { ...row, purpose: 'preferences', expiresAt: preferencesLinkUntil(now) },
    }),
    unsubscribeUrl: link({ payload, path: '/unsubscribe', claim: leaving }),
    leaveUrl: link({ payload, path: '/api/unsubscribe', claim: leaving }),
  }
}

/**
 * Where the owner of a new address confirms that it is theirs; works for a day, and only as long as the subscriber has the
 * address that they had when they asked.
 */
export function confirmAddressUrl({
  payload,
  reader,
  now,
  from,
  to,
}: Person & { from: string; to: string }): string {
  const data = addressChange({ secret: depsOf(payload).secret, from, to })
  const expiresAt = daysAfter(now, CONFIRM_ADDRESS_DAYS)
  return link({
    payload,
    path: '/confirm-address',
    claim: { ...rowOf(reader), purpose: 'confirm-address', expiresAt, data },
  })
}

function link({ payload, path, claim }: { payload: BasePayload; path: string; claim: ReaderClaim }): string {
  const { env, secret } = depsOf(payload)
  return `${env.serverUrl}${path}?token=${makeReaderToken({ secret, ...claim })}`
}

const daysAfter = (now: Date, days: number) => new Date(now.getTime() + days * DAY_MS)
