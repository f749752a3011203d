import { timingSafeEqual } from 'node:crypto'
import type { Id } from '../model.ts'
import { keyedHash } from './keyedHash.ts'

/**
 * What a link lets its holder do: leave the list, read and change what they asked for, confirm that they asked, or confirm
 * that a new address is theirs.
 */
export type ReaderPurpose = 'leave' | 'preferences' | 'confirm' | 'confirm-address'

export interface ReaderClaim {
  purpose: ReaderPurpose
  subscriberId: Id
  /** Null: for as long as the secret is kept. Seconds count, parts of them do not. */
  expiresAt: Date | null
  /** What else is signed, such as a new address; null for nothing. */
  data: string | null
}

/**
 * `expired`: it is ours, and whom it names can be sent a fresh one.
 * `expiresAt`: null for one that never does.
 */
export type ReadToken =
  | { kind: 'valid'; subscriberId: Id; data: string | null; expiresAt: Date | null }
  | { kind: 'expired'; subscriberId: Id }
  | { kind: 'invalid' }

/**
 * The part of a reader's link that stands in for a login: it names the person, and nobody without the secret can make
 * it. One for leaving holds no time: a link in an old mail must let its reader leave (RFC 8058, section 3.1; CAN-SPAM asks
 * for 30 days at least). The same claim gives the same token, so that a mail made twice has the same bytes.
 * @returns characters that stand in a URL as they are.
 */
export function makeReaderToken({ secret, ...claim }: ReaderClaim & { secret: string }): string {
  const { subscriberId, expiresAt, data } = claim
  const limits = [
    ...(expiresAt === null ? [] : [secondsOf(expiresAt).toString(36)]),
    ...(data === null ? [] : [encode(data)]),
  ]
  const signature = sign({ secret, purpose: claim.purpose, subscriberId, limits })
  return [encode(subscriberId), ...limits, signature].join('.')
}

/**
 * What a token lets its holder do at `now`; `invalid` when it is malformed or was made with another secret or purpose. One
 * without a time is for leaving alone: others of the kind stand in mails of earlier versions, and have expired.
 */
export function readReaderToken({
  secret,
  token,
  purpose,
  now,
}: {
  secret: string
  token: string
  purpose: ReaderPurpose
  now: Date
}): ReadToken {
  if (!TOKEN.test(token)) return { kind: 'invalid' }
  const [person = '', ...rest] = token.split('.')
  const signature = rest.pop() ?? ''
  const subscriberId = decode(person)
  // Base64 has several spellings of one text; a token has one.
  if (encode(subscriberId) !== person) return { kind: 'invalid' }
  if (!isSame(signature, sign({ secret, purpose, subscriberId, limits: rest }))) return { kind: 'invalid' }
  const [until, data] = rest
  const expiresAt = until === undefined ? null : new Date(Number.parseInt(until, 36) * 1000)
  const isOver = expiresAt === null ? purpose !== 'leave' : secondsOf(expiresAt) <= secondsOf(now)
  if (isOver) return { kind: 'expired', subscriberId }
  return { kind: 'valid', subscriberId, data: data === undefined ? null : decode(data), expiresAt }
}

const encode = (text: string) => Buffer.from(text).toString('base64url')
const decode = (part: string) => Buffer.from(part, 'base64url').toString()
const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000)

/** The person, until when, what else, and the signature. */
const TOKEN = /^[\w-]{1,64}(?:\.[0-9a-z]{1,10}(?:\.[\w-]{1,500})?)?\.[\w-]{43}$/

/** There is one list; its name is signed too, so that a second one would not accept the first one's links. */
const LIST = 'newsletter'

function sign({
  secret,
  purpose,
  subscriberId,
  limits,
}: {
  secret: string
  purpose: ReaderPurpose
  subscriberId: Id
  /** The time and the data, as they stand in the token. */
  limits: readonly string[]
}): string {
  return hash({ secret, text: JSON.stringify([LIST, purpose, subscriberId, ...limits]) })
}

const hash = keyedHash('utskick reader token v1')

/** Takes as long for a near miss as for a far one. Both are text of one alphabet, so equal text is equal bytes. */
function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
