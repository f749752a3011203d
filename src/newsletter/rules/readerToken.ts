import { randomBytes, timingSafeEqual } from 'node:crypto'
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
  /**
   * The random key of the subscriber's row: a database gives an id out again after a restore, and a copy of the site counts
   * from 1 as well, but no other row has this key. Null in mails of earlier versions, which keep their bytes.
   */
  linkKey: string | null
  /** Null: for as long as the secret is kept. Seconds count, parts of them do not. */
  expiresAt: Date | null
  /** What else is signed, such as a new address; null for nothing. */
  data: string | null
}

/** `expired`: it is ours, but too old. `expiresAt`: null for one that never expires. */
export type ReadToken =
  | ({ kind: 'valid'; data: string | null; expiresAt: Date | null } & NamedRow)
  | ({ kind: 'expired' } & NamedRow)
  | { kind: 'invalid' }

/** The subscriber's row that a token is for. */
export type NamedRow = Pick<ReaderClaim, 'subscriberId' | 'linkKey'>

/** A key for a new subscriber's row: 24 characters of 0-9a-f, and no two alike. */
export const newLinkKey = (): string => randomBytes(12).toString('hex')

/**
 * The part of a reader's link that stands in for a login: it names the person, and nobody without the secret can make
 * it. One for leaving holds no time: a link in an old mail must let its reader leave (RFC 8058, section 3.1; CAN-SPAM asks
 * for 30 days at least). The same claim gives the same token, so that a mail made twice has the same bytes.
 * @returns characters that stand in a URL as they are.
 */
export function makeReaderToken({ secret, ...claim }: ReaderClaim & { secret: string }): string {
  const { subscriberId, linkKey, expiresAt, data } = claim
  const limits = [
    ...(expiresAt === null ? [] : [secondsOf(expiresAt).toString(36)]),
    ...(data === null ? [] : [encode(data)]),
  ]
  const signature = sign({ secret, purpose: claim.purpose, subscriberId, linkKey, limits })
  return [encode(subscriberId), ...(linkKey === null ? [] : [linkKey]), ...limits, signature].join('.')
}

/**
 * What a token lets its holder do at `now`; `invalid` when it is malformed or was made with another secret or purpose. One
 * without a time is for leaving alone: others of the kind stand in mails of earlier versions, and have expired. Whether
 * the row that it names still has its key is for the caller to check.
 * @param token may have punctuation around it: mail programs take a full stop or a bracket after a link for a part of it.
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
  const {
    person = '',
    linkKey = null,
    until,
    data,
    signature = '',
  } = TOKEN.exec(asWritten(token))?.groups ?? {}
  const subscriberId = decode(person)
  // Base64 has several spellings of one text; a token has one.
  if (person === '' || encode(subscriberId) !== person) return { kind: 'invalid' }
  const limits = [until, data].filter((limit) => limit !== undefined)
  if (!isSame(signature, sign({ secret, purpose, subscriberId, linkKey, limits }))) return { kind: 'invalid' }
  const expiresAt = until === undefined ? null : new Date(Number.parseInt(until, 36) * 1000)
  const isOver = expiresAt === null ? purpose !== 'leave' : secondsOf(expiresAt) <= secondsOf(now)
  if (isOver) return { kind: 'expired', subscriberId, linkKey }
  return {
    kind: 'valid',
    subscriberId,
    linkKey,
    data: data === undefined ? null : decode(data),
    expiresAt,
  }
}

/** Encoded once more, or wrapped onto a second line, by a mail program: what is no part of a token is undone. */
const asWritten = (token: string): string =>
  token
    .slice(0, LONGEST)
    .replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/=?\r?\n/g, '')

/** No token is longer, with all that may stand around it. */
const LONGEST = 1_000

const encode = (text: string) => Buffer.from(text).toString('base64url')
const decode = (part: string) => Buffer.from(part, 'base64url').toString()
const secondsOf = (date: Date) => Math.floor(date.getTime() / 1000)

/** The person, the key of their row, until when, what else, and the signature; around it what is no letter or digit. */
const TOKEN = new RegExp(
  [
    String.raw`^[^\p{L}\p{N}]{0,9}`,
    String.raw`(?<person>[\w-]{1,64})`,
    String.raw`(?:\.(?<linkKey>[0-9a-f]{24}))?`,
    String.raw`(?:\.(?<until>[0-9a-z]{1,10})(?:\.(?<data>[\w-]{1,500}))?)?`,
    String.raw`\.(?<signature>[\w-]{43})`,
    String.raw`[^\p{L}\p{N}]{0,9}$`,
  ].join(''),
  'u',
)

/** There is one list; its name is signed too, so that a second one would not accept the first one's links. */
const LIST = 'newsletter'

function sign({
  secret,
  purpose,
  subscriberId,
  linkKey,
  limits,
}: Pick<ReaderClaim, 'purpose' | 'subscriberId' | 'linkKey'> & {
  secret: string
  /** The time and the data, as they stand in the token. */
  limits: readonly string[]
}): string {
  const text = (...key: string[]) => JSON.stringify([LIST, purpose, subscriberId, ...key, ...limits])
  return linkKey === null ? keylessHash({ secret, text: text() }) : hash({ secret, text: text(linkKey) })
}

const hash = keyedHash('utskick reader token v2')
const keylessHash = keyedHash('utskick reader token v1')

/** Takes as long for a near miss as for a far one. Both are text of one alphabet, so equal text is equal bytes. */
function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
