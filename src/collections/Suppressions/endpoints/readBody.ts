import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Locale } from '../../../newsletter/model.ts'
import { isEmailAddress, normaliseEmail } from '../../../subscribers/emailAddress.ts'
import { languageOf, refusal } from '../../../refusals/refusal.ts'

/** What staff write is kept with the suppression. */
const LONGEST_REASON = 2_000

/** What a field may be refused for; zod carries the name. */
const TEXTS = {
  noEmail: { en: 'An e-mail address is missing.', sv: 'E-postadressen saknas.' },
  badEmail: {
    en: 'This is no e-mail address that could be mailed.',
    sv: 'Det här är ingen e-postadress som det går att skicka till.',
  },
  noReason: { en: 'Say why, in a few words.', sv: 'Skriv varför, med några ord.' },
  longReason: {
    en: `At most ${LONGEST_REASON} characters.`,
    sv: `Högst ${LONGEST_REASON} tecken.`,
  },
  noBody: { en: 'The body must be a JSON object.', sv: 'Kroppen ska vara ett JSON-objekt.' },
}
const nameOf = (name: keyof typeof TEXTS) => name

export const emailField = z
  .string(nameOf('noEmail'))
  .transform(normaliseEmail)
  .refine(isEmailAddress, nameOf('badEmail'))

export const reasonField = z
  .string(nameOf('noReason'))
  .trim()
  .min(1, nameOf('noReason'))
  .max(LONGEST_REASON, nameOf('longReason'))

/** The body as it must be. @throws 400 {errors: [{message, data: {errors: [{path, message}]}}]}, as Payload refuses a field. */
export async function readBody<Body>(req: PayloadRequest, schema: z.ZodType<Body>): Promise<Body> {
  const parsed = schema.safeParse(await readJson(req))
  if (parsed.success) return parsed.data
  const found = parsed.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    text: message in TEXTS ? TEXTS[message as keyof typeof TEXTS] : TEXTS.noBody,
  }))
  const inLocale = (locale: Locale) => found.map(({ text }) => text[locale]).join(' ')
  throw refusal({
    req,
    code: 'body_invalid',
    status: 400,
    text: { en: inLocale('en'), sv: inLocale('sv') },
    data: { errors: found.map(({ path, text }) => ({ path, message: text[languageOf(req)] })) },
  })
}

async function readJson(req: PayloadRequest): Promise<unknown> {
  try {
    return await req.json?.()
  } catch {
    return null
  }
}
