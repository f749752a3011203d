import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { isEmailAddress, normaliseEmail } from '../../../subscribers/emailAddress.ts'

/** What staff write is kept with the suppression. */
const LONGEST_REASON = 2_000

export const emailField = z
  .string('An e-mail address is missing.')
  .transform(normaliseEmail)
  .refine(isEmailAddress, 'This is no e-mail address that could be mailed.')

export const reasonField = z
  .string('Say why, in a few words.')
  .trim()
  .min(1, 'Say why, in a few words.')
  .max(LONGEST_REASON, `At most ${LONGEST_REASON} characters.`)

/** The body as it must be. @throws 400 {errors: [{message, data: {errors: [{path, message}]}}]}, as Payload refuses a field. */
export async function readBody<Body>(req: PayloadRequest, schema: z.ZodType<Body>): Promise<Body> {
  const parsed = schema.safeParse(await readJson(req))
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw new APIError(errors.map(({ message }) => message).join(' '), 400, { errors }, true)
}

async function readJson(req: PayloadRequest): Promise<unknown> {
  try {
    return await req.json?.()
  } catch {
    return null
  }
}
