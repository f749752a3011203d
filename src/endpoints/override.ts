import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireAdmin } from '../access/requireEditor.ts'
import { depsOf } from '../deps.ts'
import type { Override } from '../newsletter/model.ts'
import { PASSABLE_CODES } from '../preflight/model.ts'

const LONGEST_REASON = 500

/** What `overrideField` may be refused for; see readJsonBody. */
export const OVERRIDE_TEXTS = {
  noChecks: {
    en: `override.checks: a list of the checks to pass, of these: ${PASSABLE_CODES.join(', ')}.`,
    sv: `override.checks: en lista med kontroller att gå förbi, av dessa: ${PASSABLE_CODES.join(', ')}.`,
  },
  noReason: {
    en: `override.reason: why, in 1 to ${LONGEST_REASON} characters.`,
    sv: `override.reason: varför, med 1 till ${LONGEST_REASON} tecken.`,
  },
}
const nameOf = (name: keyof typeof OVERRIDE_TEXTS) => name

/** {checks: [code], reason}: the stops of preflight that an admin passes, and why. */
export const overrideField = z.strictObject({
  checks: z
    .array(z.enum(PASSABLE_CODES, nameOf('noChecks')), nameOf('noChecks'))
    .min(1, nameOf('noChecks'))
    .max(PASSABLE_CODES.length, nameOf('noChecks')),
  reason: z
    .string(nameOf('noReason'))
    .trim()
    .min(1, nameOf('noReason'))
    .max(LONGEST_REASON, nameOf('noReason')),
})

/**
 * What a request passes, as its campaign keeps it; null for nothing.
 * @throws 403 for everybody but admins.
 */
export function readOverride(
  req: PayloadRequest,
  asked: z.infer<typeof overrideField> | undefined,
): Override | null {
  if (!asked) return null
  requireAdmin(req)
  return { ...asked, by: String(req.user?.id), at: depsOf(req.payload).clock.now() }
}
