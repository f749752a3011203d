import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { BasePayload } from 'payload'
import { keepOnce } from '../adapters/keepOnce.ts'
import { depsOf } from '../deps.ts'
import { keyedHash } from '../newsletter/rules/keyedHash.ts'

/**
 * The one-time code of the first registration. The database keeps its keyed hash and a random seed: with the secret, all
 * processes make the same code from the seed and can print it at each start; the database alone gives it to nobody.
 */
interface KeptCode {
  hash: string
  /** Null: SETUP_CODE set it. */
  seed: string | null
}

const KEY = 'utskick-setup-code'

/** What a start prints. `none`: there is a user. `set`: it is in SETUP_CODE, and is not repeated. */
export type SetupNotice = { kind: 'none' } | { kind: 'set' } | { kind: 'made'; code: string }

/**
 * At a start of the web server: makes or finds the code while there is no user, and forgets it when there is one.
 * @throws what the database throws.
 */
export async function prepareSetupCode(payload: BasePayload): Promise<SetupNotice> {
  const { env, secret } = depsOf(payload)
  if (await hasUsers(payload)) {
    await forgetSetupCode(payload)
    return { kind: 'none' }
  }
  if (env.setupCode !== null) {
    await payload.kv.set(KEY, { hash: hashOf({ secret, text: env.setupCode }), seed: null })
    return { kind: 'set' }
  }
  const seed = readSeed({ kept: await readKept(payload), secret }) ?? (await keepSeed(payload))
  return { kind: 'made', code: codeFrom({ secret, seed }) }
}

/** Whether it is the code; false where there is none. The time that it takes tells nothing of the code. */
export async function isSetupCode(payload: BasePayload, code: string): Promise<boolean> {
  const kept = await readKept(payload)
  const given = Buffer.from(hashOf({ secret: depsOf(payload).secret, text: code.trim() }))
  return kept !== null && kept.hash.length === given.length && timingSafeEqual(given, Buffer.from(kept.hash))
}

/** It is used up, or of no more use. */
export const forgetSetupCode = (payload: BasePayload): Promise<void> => payload.kv.delete(KEY)

export const hasUsers = async (payload: BasePayload): Promise<boolean> =>
  (await payload.count({ collection: 'users', overrideAccess: true })).totalDocs > 0

/** Null for a code that SETUP_CODE set at another time, or that another secret made: it can be printed no more. */
function readSeed({ kept, secret }: { kept: KeptCode | null; secret: string }): string | null {
  if (!kept?.seed) return null
  return kept.hash === hashOf({ secret, text: codeFrom({ secret, seed: kept.seed }) }) ? kept.seed : null
}

/** Of several processes that start at once on a fresh database, the first one makes it. */
async function keepSeed(payload: BasePayload): Promise<string> {
  const { secret } = depsOf(payload)
  const seed = randomBytes(16).toString('hex')
  const kept: KeptCode = { hash: hashOf({ secret, text: codeFrom({ secret, seed }) }), seed }
  if (await payload.kv.has(KEY)) await forgetSetupCode(payload)
  await keepOnce({ payload, key: KEY, value: kept })
  return readSeed({ kept: await readKept(payload), secret }) ?? seed
}

async function readKept(payload: BasePayload): Promise<KeptCode | null> {
  const kept = await payload.kv.get<KeptCode>(KEY)
  return kept && typeof kept.hash === 'string' ? kept : null
}

/** `k7qm-2xwd-9hcp-t4vn`: 80 bits, without letters that look alike. */
function codeFrom(input: { secret: string; seed: string }): string {
  const digest = Buffer.from(makeCode({ secret: input.secret, text: input.seed }), 'base64url')
  const letters = [...digest.subarray(0, 16)].map((byte) => ALPHABET[byte % ALPHABET.length])
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyz'

const makeCode = keyedHash('utskick setup code v1')
const hashOf = keyedHash('utskick setup code hash v1')
