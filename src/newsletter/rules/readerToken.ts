import { createHmac, createSecretKey, hkdfSync, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { Id } from '../model.ts'

/** What a link lets its holder do: leave the list, or read and change what they asked for. */
export type ReaderPurpose = 'leave' | 'preferences'

/**
 * The part of a reader's link that stands in for a login: it names the person, and nobody without the secret can make
 * it. It holds no time, so that a mail made twice has the same bytes, and works for as long as the secret is kept: a
 * link in an old mail must let its reader leave (RFC 8058, section 3.1; CAN-SPAM asks for 30 days at least).
 * @returns characters that stand in a URL as they are.
 */
export function makeReaderToken({ secret, purpose, subscriberId }: Claim & { secret: string }): string {
  return `${Buffer.from(subscriberId).toString('base64url')}.${sign({ secret, purpose, subscriberId })}`
}

/**
 * Whom a token names, or null when it is malformed, was made with another secret or for another purpose. The person
 * may have been deleted meanwhile.
 */
export function readReaderToken({
  secret,
  token,
  purpose,
}: {
  secret: string
  token: string
  purpose: ReaderPurpose
}): Id | null {
  const [, person, signature] = TOKEN.exec(token) ?? []
  if (!person || !signature) return null
  const subscriberId = Buffer.from(person, 'base64url').toString()
  const expected = makeReaderToken({ secret, purpose, subscriberId })
  return isSame(token, expected) ? subscriberId : null
}

interface Claim {
  purpose: ReaderPurpose
  subscriberId: Id
}

const TOKEN = /^([\w-]{1,64})\.([\w-]{43})$/

/** There is one list; its name is signed too, so that a second one would not accept the first one's links. */
const LIST = 'newsletter'

function sign({ secret, purpose, subscriberId }: Claim & { secret: string }): string {
  return createHmac('sha256', keyFrom(secret))
    .update(JSON.stringify([LIST, purpose, subscriberId]))
    .digest('base64url')
}

/** A key of its own, so that no other use of the secret (sessions) makes or breaks these signatures. */
function keyFrom(secret: string): KeyObject {
  if (derived?.secret !== secret) {
    const key = hkdfSync('sha256', secret, '', 'utskick reader token v1', 32)
    derived = { secret, key: createSecretKey(Buffer.from(key)) }
  }
  return derived.key
}

/** A mailing signs two tokens per recipient with one secret. */
let derived: { secret: string; key: KeyObject } | null = null

/** Takes as long for a near miss as for a far one. Both are text of one alphabet, so equal text is equal bytes. */
function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}
