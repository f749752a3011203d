import { DEFAULT_LOCALE, LOCALES, type Id, type Locale } from '../newsletter/model.ts'
import { isEmailAddress, normaliseEmail } from './emailAddress.ts'
import type { NewSubscriber } from './ports.ts'
import type { Column } from './readHeader.ts'

export type ReadSubscriber =
  { kind: 'subscriber'; subscriber: NewSubscriber } | { kind: 'refused'; reasons: string[] }

/** One row as a subscriber, or everything that is wrong with it. */
export function readSubscriber({
  values,
  columns,
  topics,
}: {
  values: readonly string[]
  columns: readonly Column[]
  /** Every topic's id by its slug. */
  topics: ReadonlyMap<string, Id>
}): ReadSubscriber {
  if (values.length !== columns.length)
    return { kind: 'refused', reasons: [`has ${values.length} values for ${columns.length} columns`] }
  const valueOf = (column: Column) => oneLine(values[columns.indexOf(column)] ?? '')
  const email = normaliseEmail(valueOf('email'))
  const locale = localeOf(valueOf('locale'))
  const slugs = slugsOf(valueOf('topics'))
  const consentSource = valueOf('consent_source')
  const reasons = [
    ...(email === '' ? ['has no e-mail address'] : []),
    ...(email !== '' && !isEmailAddress(email) ? [`“${shortened(email)}” is not an e-mail address`] : []),
    ...(locale ? [] : [`“${shortened(valueOf('locale'))}” is not a locale: ${LOCALES.join(' or ')}`]),
    ...slugs.filter((slug) => !topics.has(slug)).map((slug) => `there is no topic “${shortened(slug)}”`),
    ...(consentSource === '' ? ['has no consent source'] : []),
  ]
  if (!locale || reasons.length > 0) return { kind: 'refused', reasons }
  const topicIds = slugs.map((slug) => topics.get(slug)).filter((id) => id !== undefined)
  return {
    kind: 'subscriber',
    subscriber: { email, name: valueOf('name') || null, locale, topicIds, consentSource },
  }
}

/** A name goes into a mail's header: it has no line breaks and no control characters. */
const oneLine = (value: string) => value.replace(/[\s\p{Cc}]+/gu, ' ').trim()

const localeOf = (value: string): Locale | undefined =>
  value === '' ? DEFAULT_LOCALE : LOCALES.find((locale) => locale === value.toLowerCase())

const slugsOf = (value: string): string[] => [
  ...new Set(
    value
      .split('|')
      .map((slug) => slug.trim())
      .filter((slug) => slug !== ''),
  ),
]

const shortened = (value: string) => (value.length > 80 ? `${value.slice(0, 79)}…` : value)
