import { z } from 'zod'
import { DEFAULT_LOCALE, LOCALES, type Locale } from '../newsletter/model.ts'
import {
  fieldProblem,
  LONGEST_MESSAGE,
  LONGEST_NAME,
  rule,
  type FieldProblem,
} from '../readers/fieldRules.ts'
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

/**
 * @param input {name, email, message, subscribe?, locale?} as it came in; what else a form holds is passed over. Characters
 *   that break mails and pages (text/cleanText) are left out of the texts.
 * @returns each field that is wrong once, with the remedy.
 */
export function readContactInput(input: unknown): ContactInput {
  const parsed = schema.safeParse(input)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => fieldProblem({ field: path[0], message }))
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
      .string(rule('who'))
      .transform(oneLine)
      .pipe(z.string().min(1, rule('who')).max(LONGEST_NAME, rule('longName'))),
    email: z.string(rule('email')).transform(normaliseEmail).refine(isEmailAddress, rule('emailLike')),
    message: z
      .string(rule('text'))
      .transform((text) => cleanText(text).replace(/\r\n?/g, '\n').trim())
      .pipe(z.string().min(1, rule('something')).max(LONGEST_MESSAGE, rule('longMessage'))),
    locale: z.enum(LOCALES, rule('locale')).default(DEFAULT_LOCALE),
    // A box that is ticked sends "on".
    subscribe: z
      .union(
        [z.boolean(), z.enum(['on', 'true', 'false', '']).transform((box) => box === 'on' || box === 'true')],
        rule('yesOrNo'),
      )
      .default(false),
  },
  rule('contactObject'),
)
