import type { BasePayload } from 'payload'
import { depsOf } from '../deps.ts'
import { keyedHash } from '../newsletter/rules/keyedHash.ts'
import { SECRET_CHANGED, SECRET_REMEDY } from './checks/secret.ts'

const KEY = 'utskick-secret-fingerprint'

/** Whether the secret is another one than the database was filled with; false where nobody has noted one yet. */
export async function isSecretChanged(payload: BasePayload): Promise<boolean> {
  const noted = await payload.kv.get(KEY)
  return noted !== null && noted !== undefined && noted !== fingerprintOf(payload)
}

/**
 * At a start: notes by what secret links and hashes are made from now on, or says in the log that it is not the one that
 * was noted before, and leaves that.
 * @throws what the database throws.
 */
export async function noteSecret(payload: BasePayload): Promise<void> {
  if (await isSecretChanged(payload))
    payload.logger.error({ event: 'secret.changed', msg: SECRET_CHANGED, remedy: SECRET_REMEDY })
  else if (!(await payload.kv.has(KEY))) await note(payload)
}

/** The former secret is lost: from now on this one counts. */
export const acceptSecret = (payload: BasePayload): Promise<void> =>
  payload.kv.set(KEY, fingerprintOf(payload))

async function note(payload: BasePayload): Promise<void> {
  try {
    await acceptSecret(payload)
  } catch (error) {
    // Another process that starts at the same time was first.
    if (!(await payload.kv.has(KEY))) throw error
  }
}

/** Tells nothing of the secret but whether it is the same. */
const fingerprintOf = (payload: BasePayload): string =>
  fingerprint({ secret: depsOf(payload).secret, text: 'fingerprint' })

const fingerprint = keyedHash('utskick secret fingerprint v1')
