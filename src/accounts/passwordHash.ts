import crypto from 'node:crypto'
import { promisify } from 'node:util'

/** What Payload keeps of a password. */
export interface KeptPassword {
  hash?: string | null | undefined
  salt?: string | null | undefined
}

/** Payload's own (payload/dist/auth/strategies/local/generatePasswordSaltHash.js), which it does not export. */
const CURRENT = { prefix: 'pbkdf2-sha256-v1:', iterations: 600_000, keyLength: 32 }
const LEGACY = { prefix: '', iterations: 25_000, keyLength: 512 }

/** Nobody's password: to compare with it takes as long as with somebody's. */
const NOBODYS = {
  hash: `${CURRENT.prefix}${'0'.repeat(CURRENT.keyLength * 2)}`,
  salt: '0'.repeat(64),
}

/** Whether it is the password that is kept. Always does the work of one hash, also where none is kept. */
export async function isPassword({
  password,
  kept,
}: {
  password: string
  kept: KeptPassword | null
}): Promise<boolean> {
  const { hash, salt } = kept?.hash && kept.salt ? { hash: kept.hash, salt: kept.salt } : NOBODYS
  const { prefix, iterations, keyLength } = hash.startsWith(CURRENT.prefix) ? CURRENT : LEGACY
  const expected = Buffer.from(hash.slice(prefix.length), 'hex')
  const given = await promisify(crypto.pbkdf2)(password, salt, iterations, keyLength, 'sha256')
  return given.length === expected.length && crypto.timingSafeEqual(given, expected)
}
