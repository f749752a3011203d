import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Locale } from '../newsletter/model.ts'
import { languageOf, refusal } from '../refusals/refusal.ts'
import { isEmailAddress, normaliseEmail } from '../subscribers/emailAddress.ts'

type Texts = Record<string, Record<Locale, string>>

/** What any field may be refused for; zod carries the name as its message. */
export const BODY_TEXTS = {
  noEmail: { en: 'An e-mail address is missing.', sv: 'E-postadressen saknas.' },
  badEmail: {
    en: 'This is no e-mail address that could be mailed.',
    sv: 'Det här är ingen e-postadress som det går att skicka till.',
  },
  badValue: { en: 'This is not a value that the field can have.', sv: 'Så kan fältet inte se ut.' },
  noBody: { en: 'The body must be a JSON object.', sv: 'Kroppen ska vara ett JSON-objekt.' },
} satisfies Texts

/** An address in its one spelling. */
export const emailField = z
  .string('noEmail' satisfies keyof typeof BODY_TEXTS)
  .transform(normaliseEmail)
  .refine(isEmailAddress, 'badEmail' satisfies keyof typeof BODY_TEXTS)

/**
 * A JSON body as it must be; none at all is an empty object.
 * @param texts what the schema's own messages name, beside BODY_TEXTS.
 * @throws 400 {errors: [{message, data: {errors: [{path, message}]}}]}, as Payload refuses a field.
 */
export async function readJsonBody<Body>(
  req: PayloadRequest,
  schema: z.ZodType<Body>,
  texts: Texts = {},
): Promise<Body> {
  const parsed = schema.safeParse(await readJson(req))
  if (parsed.success) return parsed.data
  const known: Texts = { ...BODY_TEXTS, ...texts }
  const found = parsed.error.issues.map(({ path, message }) => ({
    path: path.join('.'),
    text: known[message] ?? (path.length === 0 ? BODY_TEXTS.noBody : BODY_TEXTS.badValue),
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
    const text = (await req.text?.()) ?? ''
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    return null
  }
}
