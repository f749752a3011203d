import { timingSafeEqual } from 'node:crypto'
import { keyedHash } from '../newsletter/rules/keyedHash.ts'

/** A field that people do not see and programs fill in. */
export const HONEYPOT_FIELD = 'website'

/** When our page made the form, signed. Another frontend's form, or a script, has none. */
export const STAMP_FIELD = 'stamp'

/** Nobody reads and fills in a form so fast. */
const MIN_FILLING_MS = 2_000

/** What a form of ours carries in its STAMP_FIELD. */
export function makeFormStamp({ secret, now }: { secret: string; now: Date }): string {
  const madeAt = now.getTime().toString(36)
  return `${madeAt}.${sign({ secret, text: madeAt })}`
}

/**
 * Whether a program filled in the form: answer it like a success, and do nothing, so that it learns nothing.
 * A form without a stamp passes, and so does an old one (a page left open for days): the limits still hold.
 * @param form the two fields as they came in, of whatever type.
 */
export function isFilledByProgram({
  secret,
  form,
  now,
}: {
  secret: string
  form: { [HONEYPOT_FIELD]?: unknown; [STAMP_FIELD]?: unknown }
  now: Date
}): boolean {
  const { [HONEYPOT_FIELD]: trap, [STAMP_FIELD]: stamp } = form
  if (trap !== undefined && trap !== null && trap !== '') return true
  if (stamp === undefined) return false
  const madeAt = readStamp({ secret, stamp })
  return madeAt === null || now.getTime() - madeAt < MIN_FILLING_MS
}

/** In milliseconds since 1970; null for what we did not make. */
function readStamp({ secret, stamp }: { secret: string; stamp: unknown }): number | null {
  const [, madeAt, signature] = /^([0-9a-z]{1,10})\.([\w-]{43})$/.exec(String(stamp)) ?? []
  if (madeAt === undefined || signature === undefined) return null
  const isOurs = timingSafeEqual(Buffer.from(signature), Buffer.from(sign({ secret, text: madeAt })))
  return isOurs ? Number.parseInt(madeAt, 36) : null
}

const sign = keyedHash('utskick form stamp v1')
