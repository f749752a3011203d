import { z } from 'zod'
import { LOCALES } from '../newsletter/model.ts'
import type { FieldProblem } from '../readers/preferences.ts'
import { isEmailAddress, normaliseEmail } from '../subscribers/emailAddress.ts'
import { oneLine } from '../text/cleanText.ts'
import type { AskingPerson } from './askToSubscribe.ts'

export type SubscribeInput =
  { kind: 'right'; person: AskingPerson & { topics: string[] } } | { kind: 'wrong'; problems: FieldProblem[] }

/**
 * @param input {email, locale?, topics?, name?} as it came in; what else a form holds is passed over.
 * @param settings.defaultLocale of who names none.
 * @param settings.topics the slugs that there are.
 */
export function readSubscribeInput(
  input: unknown,
  { defaultLocale, topics }: { defaultLocale: AskingPerson['locale']; topics: string[] },
): SubscribeInput {
  const parsed = schema(topics).safeParse(input)
  if (!parsed.success)
    return {
      kind: 'wrong',
      problems: parsed.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ''), message })),
    }
  const { email, name, locale, topics: wanted } = parsed.data
  return {
    kind: 'right',
    person: { email, name: name || null, locale: locale ?? defaultLocale, topics: wanted ?? [] },
  }
}

const schema = (topics: string[]) =>
  z.object(
    {
      email: z
        .string('must be an e-mail address')
        .transform(normaliseEmail)
        .refine(isEmailAddress, 'must be an e-mail address such as anna@example.com'),
      name: z
        .string('must be text')
        .transform(oneLine)
        .pipe(z.string().max(100, 'must have at most 100 characters'))
        .nullish(),
      locale: z.enum(LOCALES, `must be one of: ${LOCALES.join(', ')}`).optional(),
      topics: z
        .array(z.string('must be slugs of topics'), 'must be a list of slugs')
        .max(1000, 'must be at most 1000')
        .refine((slugs) => slugs.every((slug) => topics.includes(slug)), 'names a topic that does not exist')
        .optional(),
    },
    'must be an object: {"email": "anna@example.com"}',
  )
