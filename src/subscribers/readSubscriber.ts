import {
  DEFAULT_LOCALE,
  LOCALES,
  SUPPRESSION_REASONS,
  type Locale,
  type SubscriberStatus,
} from '../newsletter/model.ts'
import { isHashOnly } from '../newsletter/rules/isHashOnly.ts'
import { hasForeignLocalPart, isEmailAddress, normaliseEmail, readAddress } from './emailAddress.ts'
import { LONGEST_NAME, type Field } from './fields.ts'
import { readCell } from './formulaCell.ts'
import { oneLine } from '../text/cleanText.ts'
import type { ImportPlan } from './planImport.ts'
import type { ImportedSuppression, NewSubscriber } from './ports.ts'
import type { RowProblem } from './problems.ts'
import { addressKey, verdictOf, type Gone } from './readStatuses.ts'
import { worse, type Verdict } from './statusWords.ts'
import { isNoDay, readTime } from './readTime.ts'
import type { TopicFinder } from './readTopicNames.ts'

export type ReadSubscriber =
  | { kind: 'subscriber'; subscriber: NewSubscriber; unknownTags: string[] }
  | { kind: 'refused'; problems: RowProblem[]; email?: string }

/** The value of a field in a row; null when the file has no such column. */
type ValueOf = (field: Field) => string | null

/** One row as a subscriber, or everything that is wrong with it. */
export function readSubscriber({
  values,
  plan,
  gone,
  topics,
  now,
}: {
  values: readonly string[]
  plan: ImportPlan
  /** Who has left or cannot be mailed by any row of the file. */
  gone: Gone
  topics: TopicFinder
  now: Date
}): ReadSubscriber {
  if (!fitsHeader({ values, plan }))
    return {
      kind: 'refused',
      problems: [{ code: 'values_count', found: values.length, expected: plan.header.length }],
    }
  const valueOf: ValueOf = (field) => {
    const place = plan.columns.get(field)
    return place === undefined ? null : readCell(oneLine(values[place] ?? ''))
  }
  const problems: RowProblem[] = []
  const email = readEmail({ valueOf, problems })
  const locale = readLocale({ valueOf, problems })
  const { topicIds, unknownTags } = readTopics({ valueOf, plan, topics, problems })
  const consentSource = valueOf('consent_source') || plan.consentSource
  const verdict = plan.statusOfFile ? null : worstOf({ values, plan, gone, email })
  const status = plan.statusOfFile ?? STATUS_OF[verdict ?? 'active']
  if (status === 'active' && !consentSource) problems.push({ code: 'consent_source_missing' })
  if (valueOf('deleted_at')) problems.push({ code: 'deleted' })
  const subscriber: NewSubscriber = {
    email,
    name: readName({ valueOf, problems }),
    locale,
    topicIds,
    status,
    consentSource: consentSource || null,
    ...(plan.consentText !== null && !valueOf('consent_source') && { consentText: plan.consentText }),
    consentAt: readMoment({
      field: 'consent_at',
      valueOf,
      plan,
      problems,
      unsaid: consentSource ? now : null,
    }),
    unsubscribedAt: readMoment({
      field: 'unsubscribed_at',
      valueOf,
      plan,
      problems,
      unsaid: status === 'unsubscribed' ? now : null,
    }),
    pausedUntil: readMoment({ field: 'paused_until', valueOf, plan, problems, unsaid: null }),
    askedAt: readMoment({
      field: 'asked_at',
      valueOf,
      plan,
      problems,
      unsaid: status === 'pending' ? now : null,
    }),
    suppression: status === 'suppressed' ? readSuppression({ valueOf, plan, verdict, problems }) : null,
  }
  return problems.length > 0
    ? { kind: 'refused', problems, ...(email !== '' && { email: shortened(email) }) }
    : { kind: 'subscriber', subscriber, unknownTags }
}

/**
 * Whether a row has a value for each column. More may follow when they are empty: Excel writes as many as the widest row
 * has. And it leaves out the last ones of a row when they are empty (support.microsoft.com, “Column delimiters are
 * missing”): in a file of a spreadsheet a short row is whole.
 */
function fitsHeader({ values, plan }: { values: readonly string[]; plan: ImportPlan }): boolean {
  const expected = plan.header.length
  if (values.length < expected) return plan.separator !== ','
  return values.slice(expected).every((value) => value === '')
}

interface Reading {
  valueOf: ValueOf
  problems: RowProblem[]
}

function readEmail({ valueOf, problems }: Reading): string {
  const email = normaliseEmail(valueOf('email') ?? '')
  if (email === '') problems.push({ code: 'email_missing' })
  else if (!isEmailAddress(email))
    problems.push({
      code: hasForeignLocalPart(email) ? 'email_local_part' : 'email_invalid',
      value: shortened(email),
    })
  return email
}

function readLocale({ valueOf, problems }: Reading): Locale {
  const value = valueOf('locale') ?? ''
  if (value === '') return DEFAULT_LOCALE
  const locale = LOCALE_NAMES[value.toLowerCase()]
  if (!locale) problems.push({ code: 'locale_invalid', value: shortened(value) })
  return locale ?? DEFAULT_LOCALE
}

/** As people and other programs write them. */
const LOCALE_NAMES: Record<string, Locale | undefined> = {
  ...Object.fromEntries(LOCALES.map((locale) => [locale, locale])),
  ...{ 'sv-se': 'sv', sv_se: 'sv', svenska: 'sv', swedish: 'sv' },
  ...{ 'en-us': 'en', en_us: 'en', 'en-gb': 'en', en_gb: 'en', engelska: 'en', english: 'en' },
}

/** Topics of our own files must be there; another program's tags need not be topics here. */
function readTopics({
  valueOf,
  plan,
  topics,
  problems,
}: Reading & { plan: ImportPlan; topics: TopicFinder }): { topicIds: string[]; unknownTags: string[] } {
  const value = valueOf('topics') ?? ''
  if (plan.topic !== null) return { topicIds: topics.bySlugs(plan.topic).topicIds, unknownTags: [] }
  if (plan.format !== 'utskick') {
    const { topicIds, unknown } = topics.byTags(value)
    return { topicIds, unknownTags: unknown }
  }
  const { topicIds, unknown } = topics.bySlugs(value)
  problems.push(...unknown.map((slug) => ({ code: 'topic_unknown' as const, value: shortened(slug) })))
  return { topicIds, unknownTags: [] }
}

function readName({ valueOf, problems }: Reading): string | null {
  const name =
    valueOf('name') ||
    [valueOf('first_name'), valueOf('last_name')].filter(Boolean).join(' ') ||
    readAddress(valueOf('email') ?? '')?.name ||
    ''
  if (name.length > LONGEST_NAME) problems.push({ code: 'name_too_long' })
  return name || null
}

function worstOf({
  values,
  plan,
  gone,
  email,
}: {
  values: readonly string[]
  plan: ImportPlan
  gone: Gone
  email: string
}): Verdict | null {
  const own = verdictOf({ values, status: plan.status })
  const other = gone.size > 0 ? (gone.get(addressKey(email)) ?? null) : null
  return own && other ? worse(own, other) : (own ?? other)
}

const STATUS_OF: Record<Verdict, SubscriberStatus> = {
  active: 'active',
  pending: 'pending',
  unsubscribed: 'unsubscribed',
  blocked: 'suppressed',
  bounced: 'suppressed',
  complained: 'suppressed',
}

/** The empty value of a column means that nobody knows; `unsaid` is for a file without the column. */
function readMoment({
  field,
  valueOf,
  plan,
  problems,
  unsaid,
}: Reading & { field: Field; plan: ImportPlan; unsaid: Date | null }): Date | null {
  const value = valueOf(field)
  if (value === null) return unsaid
  if (value === '' || isNoDay(value)) return null
  const moment = readTime(value)
  // Other programs, and spreadsheets after them, write times in ways that leave open which number is the month.
  if (!moment && plan.format === 'utskick')
    problems.push({ code: 'time_invalid', field, value: shortened(value) })
  return moment
}

function readSuppression({
  valueOf,
  plan,
  verdict,
  problems,
}: Reading & { plan: ImportPlan; verdict: Verdict | null }): ImportedSuppression {
  if (plan.statusOfFile === 'suppressed') return 'bounced'
  if (verdict === 'bounced' || verdict === 'complained') return verdict
  const value = valueOf('suppression') ?? ''
  if (value === '') return 'manual'
  const reason = SUPPRESSION_REASONS.find((known) => known === value.toLowerCase())
  if (reason && !isHashOnly(reason)) return reason
  problems.push({ code: 'suppression_invalid', value: shortened(value) })
  return 'manual'
}

const shortened = (value: string) => (value.length > 80 ? `${value.slice(0, 79)}…` : value)
