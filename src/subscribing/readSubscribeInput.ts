import { z } from 'zod'
import { LOCALES } from '../newsletter/model.ts'
import { fieldProblem, LONGEST_NAME, rule, type FieldProblem } from '../readers/fieldRules.ts'
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
      problems: parsed.error.issues.map(({ path, message }) => fieldProblem({ field: path[0], message })),
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
      email: z.string(rule('email')).transform(normaliseEmail).refine(isEmailAddress, rule('emailLike')),
      name: z
        .string(rule('text'))
        .transform(oneLine)
        .pipe(z.string().max(LONGEST_NAME, rule('longName')))
        .nullish(),
      locale: z.enum(LOCALES, rule('locale')).optional(),
      topics: z
        .array(z.string(rule('topicSlugs')), rule('topics'))
        .max(1000, rule('fewTopics'))
        .refine((slugs) => slugs.every((slug) => topics.includes(slug)), rule('topicUnknown'))
        .optional(),
    },
    rule('subscribeObject'),
  )
