import { createHash } from 'node:crypto'
import { columnKey, type Field, type Format } from './fields.ts'
import { readCell } from './formulaCell.ts'
import { oneLine } from '../text/cleanText.ts'
import { nameOf, otherColumns, watchColumns, type OtherColumn } from './otherColumns.ts'
import { normaliseEmail } from './emailAddress.ts'
import type { ImportPlan } from './planImport.ts'
import type { Question } from './problems.ts'
import type { CsvRecord } from './readRecords.ts'
import { questionOfName, unclear } from './statusQuestions.ts'
import { statusColumn, type StatusColumn } from './statusColumns.ts'
import { readStatusCell, worse, type Said, type Verdict } from './statusWords.ts'

/** What somebody answers to a question: what a value means, or that it says nothing. */
export const MEANINGS = ['active', 'left', 'ignore'] as const
export type Meaning = (typeof MEANINGS)[number]
export interface StatusAnswer {
  column: string
  /** Null: the whole column; only `ignore` makes sense then. */
  value: string | null
  means: Meaning
}

/** Which columns of a file speak of a person's status, and what somebody has said of their values. */
export interface StatusColumns {
  columns: { place: number; name: string; column: StatusColumn }[]
  /** Those whose names say nothing of a status, and whose contents may: see otherColumns.ts. */
  others: OtherColumn[]
  /** Both of Mailchimp's times of consent: whoever has neither never subscribed. */
  consentTimes: number[] | null
  answers: readonly StatusAnswer[]
}

/** So many questions are asked at once. */
const MOST_QUESTIONS = 50

const NAME_FIELDS: readonly Field[] = ['name', 'first_name', 'last_name']
/** Columns whose content is known to be something else. */
const OTHER_FIELDS: readonly Field[] = ['email', ...NAME_FIELDS, 'locale', 'topics']

export function findStatusColumns({
  format,
  header,
  columns,
  answers,
}: {
  format: Format
  header: readonly string[]
  columns: ReadonlyMap<Field, number>
  answers: readonly StatusAnswer[]
}): StatusColumns {
  const named = header.map((name, place) => ({ name, place }))
  const others = new Set(OTHER_FIELDS.flatMap((field) => columns.get(field) ?? []))
  const ignored = answers.filter(({ value, means }) => value === null && means === 'ignore')
  const chosen = { state: columns.get('status'), optIn: columns.get('subscribed') }
  const isIgnored = (one: { name: string; place: number }) =>
    ignored.some(({ column }) => isSame(column, nameOf(one)))
  const found = named.flatMap(({ name, place }) => {
    if (others.has(place) || isIgnored({ name, place })) return []
    // The name says the sense, whatever somebody takes the column for: “disabled” stays the turned one.
    const sense = place === chosen.state ? 'state' : 'optIn'
    const isChosen = place === chosen.state || place === chosen.optIn
    const column: StatusColumn | null =
      statusColumn(name) ??
      (isChosen ? { sense, bad: 'unsubscribed', whenEmpty: 'asked', isSoft: false } : null)
    if (!column) return []
    const isSource = place === columns.get('consent_source')
    return [{ place, name, column: isSource ? { ...column, isSoft: true } : column }]
  })
  const keys = header.map(columnKey)
  const times = ['optintime', 'confirmtime'].map((key) => keys.indexOf(key))
  const soft = found.filter(({ place, column }) => column.isSoft && place !== columns.get('consent_source'))
  const read = new Set([...found.map(({ place }) => place), ...columns.values()])
  // Another program's tags are read, and may tell of leaving all the same.
  const topics = format === 'utskick' ? undefined : columns.get('topics')
  const unread = named.filter((one) => (!read.has(one.place) || one.place === topics) && !isIgnored(one))
  // Somebody may have noted it behind a name: “Anna Berg (unsubscribed)”.
  const names = NAME_FIELDS.flatMap((field) => columns.get(field) ?? [])
  return {
    columns: found,
    others: [
      ...otherColumns(unread),
      ...named
        .filter((one) => names.includes(one.place) && !isIgnored(one))
        .map((one) => ({ ...one, asks: 'clear' as const })),
      ...soft.map(({ place, name, column }) => ({ place, name, asks: column })),
    ],
    consentTimes: times.includes(-1) ? null : times,
    answers,
  }
}

/** The worst that the columns of a row say of a person; null when none says anything. Unknown values are left to `askOf`. */
export function verdictOf({
  values,
  status,
}: {
  values: readonly string[]
  status: StatusColumns
}): Verdict | null {
  let verdict: Verdict | null = neverSubscribed({ values, status }) ? 'unsubscribed' : null
  for (const { place, name, column } of status.columns) {
    const said = saidOf({ cell: cellAt(values, place), name, column, answers: status.answers })
    verdict = worstOf(verdict, said)
  }
  if (status.answers.length > 0)
    for (const one of status.others) {
      const answer = answerTo({ cell: cellAt(values, one.place), name: nameOf(one), answers: status.answers })
      verdict = worstOf(verdict, answer ?? 'nothing')
    }
  return verdict
}

const worstOf = (verdict: Verdict | null, said: Said): Verdict | null =>
  said === 'nothing' || said === 'unknown' ? verdict : verdict === null ? said : worse(verdict, said)

const cellAt = (values: readonly string[], place: number) => readCell(oneLine(values[place] ?? ''))

const neverSubscribed = ({ values, status }: { values: readonly string[]; status: StatusColumns }): boolean =>
  status.consentTimes?.every((place) => !values[place]) ?? false

function saidOf({
  cell,
  name,
  column,
  answers,
}: {
  cell: string
  name: string
  column: StatusColumn
  answers: readonly StatusAnswer[]
}): Said {
  const said = readStatusCell({ cell, column })
  return said === 'unknown' ? (answerTo({ cell, name, answers }) ?? 'unknown') : said
}

/** Null: nobody has said what it means. */
function answerTo({
  cell,
  name,
  answers,
}: {
  cell: string
  name: string
  answers: readonly StatusAnswer[]
}): Said | null {
  const value = shortened(cell).toLowerCase()
  const answer = answers.find(
    (each) => isSame(each.column, name) && each.value !== null && each.value.toLowerCase() === value,
  )
  if (!answer) return null
  return answer.means === 'ignore' ? 'nothing' : answer.means === 'left' ? 'unsubscribed' : 'active'
}

const isSame = (one: string, other: string) => columnKey(one) === columnKey(other)

/** By 48 bits of the hash of an address: who has a row that says that they left or cannot be mailed. */
export type Gone = ReadonlyMap<number, Verdict>

export const addressKey = (email: string): number =>
  createHash('sha1').update(email).digest().readUIntBE(0, 6)

/**
 * Reads the statuses of a whole file before anybody is written. Nobody is active by one row who has left by another.
 * @throws SubscriberFileError with the questions, when a value, a column or the name of the file is not understood.
 */
export async function readStatuses({
  rows,
  plan,
  fileName,
}: {
  rows: AsyncIterable<CsvRecord>
  plan: Pick<ImportPlan, 'columns' | 'status' | 'statusOfFile'>
  fileName: string
}): Promise<Gone> {
  const gone = new Map<number, Verdict>()
  const questions = new Map<string, Question>()
  const { status } = plan
  const email = plan.columns.get('email') ?? 0
  const watch = watchColumns(status.others)
  let hasActive = false
  for await (const row of rows) {
    if (row.kind === 'broken') continue
    const { line, values } = row
    for (const { place, name, column } of status.columns) {
      const cell = cellAt(values, place)
      if (saidOf({ cell, name, column, answers: status.answers }) !== 'unknown') continue
      const key = `${place} ${cell}`
      if (!questions.has(key) && questions.size < MOST_QUESTIONS)
        questions.set(key, { column: name, value: shortened(cell), line })
    }
    for (const column of status.others)
      watch.see({ column, cell: shortened(cellAt(values, column.place)), line })
    const verdict = verdictOf({ values, status })
    hasActive ||= verdict === null || verdict === 'active'
    if (verdict === null || verdict === 'active') continue
    const key = addressKey(normaliseEmail(cellAt(values, email)))
    gone.set(key, worse(gone.get(key) ?? verdict, verdict))
  }
  if (plan.statusOfFile !== null) return gone
  const hidden = watch
    .questions()
    .filter(({ column, value }) => !answerTo({ cell: value, name: column, answers: status.answers }))
  const all = [
    ...(hasActive ? questionOfName({ fileName, answers: status.answers }) : []),
    ...questions.values(),
    ...hidden,
  ]
  if (all.length > 0) throw unclear(all.slice(0, MOST_QUESTIONS))
  return gone
}

/** More is no status; it is asked about by its beginning. */
const shortened = (value: string) => value.slice(0, 200)
