import { z } from 'zod'
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../newsletter/model.ts'
import type { FieldProblem } from '../readers/preferences.ts'
import { isEmailAddress, normaliseEmail } from '../subscribers/emailAddress.ts'
import { cleanText, oneLine } from '../text/cleanText.ts'

/** What somebody wrote to us. */
export interface NewMessage {
  name: string
  email: string
  message: string
  locale: Locale
  wantsNewsletter: boolean
}

export type ContactInput =
  { kind: 'right'; message: NewMessage } | { kind: 'wrong'; problems: FieldProblem[] }

export const LONGEST_NAME = 100
export const LONGEST_MESSAGE = 10_000

/**
 * @param input {name, email, message, subscribe?, locale?} as it came in; what else a form holds is passed over. Characters
 *   that break mails and pages (text/cleanText) are left out of the texts.
 * @returns each field that is wrong once, with the remedy.
 */
export function readContactInput(input: unknown): ContactInput {
  const parsed = schema.safeParse(input)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      field: String(path[0] ?? ''),
      message,
    }))
    return { kind: 'wrong', problems: problems.filter(isFirstOfItsField) }
  }
  const { subscribe, ...message } = parsed.data
  return { kind: 'right', message: { ...message, wantsNewsletter: subscribe } }
}

const isFirstOfItsField = ({ field }: FieldProblem, index: number, all: FieldProblem[]) =>
  all.findIndex((other) => other.field === field) === index

const schema = z.object(
  {
    // One line: it stands in the header of the mail to staff.
    name: z
      .string('must say who you are')
      .transform(oneLine)
      .pipe(
        z
          .string()
          .min(1, 'must say who you are')
          .max(LONGEST_NAME, `must have at most ${LONGEST_NAME} characters`),
      ),
    email: z
      .string('must be an e-mail address')
      .transform(normaliseEmail)
      .refine(isEmailAddress, 'must be an e-mail address such as anna@example.com'),
    message: z
      .string('must be text')
      .transform((text) => cleanText(text).replace(/\r\n?/g, '\n').trim())
      .pipe(
        z
          .string()
          .min(1, 'must say something')
          .max(LONGEST_MESSAGE, `must have at most ${LONGEST_MESSAGE.toLocaleString('en')} characters`),
      ),
    locale: z.enum(LOCALES, `must be one of: ${LOCALES.join(', ')}`).default(DEFAULT_LOCALE),
    // A box that is ticked sends "on".
    subscribe: z
      .union(
        [z.boolean(), z.enum(['on', 'true', 'false', '']).transform((box) => box === 'on' || box === 'true')],
        'must be true or false',
      )
      .default(false),
  },
  'must be an object: {"name": "Anna", "email": "anna@example.com", "message": "Hello"}',
)
