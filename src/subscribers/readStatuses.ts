import { createHash } from 'node:crypto'
import { columnKey, type Field } from './fields.ts'
import { readCell } from './formulaCell.ts'
import { oneLine } from '../text/cleanText.ts'
import { normaliseEmail } from './emailAddress.ts'
import type { ImportPlan } from './planImport.ts'
import type { Question } from './problems.ts'
import type { CsvRecord } from './readRecords.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'
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
  /** Both of Mailchimp's times of consent: whoever has neither never subscribed. */
  consentTimes: number[] | null
  answers: readonly StatusAnswer[]
}

/** So many questions are asked at once. */
const MOST_QUESTIONS = 50

/** Columns whose content is known to be something else. */
const OTHER_FIELDS: readonly Field[] = ['email', 'name', 'first_name', 'last_name', 'locale', 'topics']

export function findStatusColumns({
  header,
  columns,
  answers,
}: {
  header: readonly string[]
  columns: ReadonlyMap<Field, number>
  answers: readonly StatusAnswer[]
}): StatusColumns {
  const others = new Set(OTHER_FIELDS.flatMap((field) => columns.get(field) ?? []))
  const ignored = answers.filter(({ value, means }) => value === null && means === 'ignore')
  const chosen = { state: columns.get('status'), optIn: columns.get('subscribed') }
  const found = header.flatMap((name, place) => {
    if (others.has(place) || ignored.some(({ column }) => isSame(column, name))) return []
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
  return { columns: found, consentTimes: times.includes(-1) ? null : times, answers }
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
    if (said !== 'nothing' && said !== 'unknown') verdict = verdict === null ? said : worse(verdict, said)
  }
  return verdict
}

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
  if (said !== 'unknown') return said
  const answer = answers.find(
    (each) =>
      isSame(each.column, name) && each.value !== null && each.value.toLowerCase() === cell.toLowerCase(),
  )
  if (!answer) return 'unknown'
  return answer.means === 'ignore' ? 'nothing' : answer.means === 'left' ? 'unsubscribed' : 'active'
}

const isSame = (one: string, other: string) => columnKey(one) === columnKey(other)

/** By 48 bits of the hash of an address: who has a row that says that they left or cannot be mailed. */
export type Gone = ReadonlyMap<number, Verdict>

export const addressKey = (email: string): number =>
  createHash('sha1').update(email).digest().readUIntBE(0, 6)

/**
 * Reads the statuses of a whole file before anybody is written. Nobody is active by one row who has left by another.
 * @throws SubscriberFileError with the questions, when a value or a column is not understood.
 */
export async function readStatuses({
  rows,
  plan,
}: {
  rows: AsyncIterable<CsvRecord>
  plan: Pick<ImportPlan, 'columns' | 'status' | 'statusOfFile'>
}): Promise<Gone> {
  const gone = new Map<number, Verdict>()
  const questions = new Map<string, Question>()
  const { status } = plan
  const email = plan.columns.get('email') ?? 0
  for await (const row of rows) {
    if (row.kind === 'broken') continue
    for (const { place, name, column } of status.columns) {
      const cell = cellAt(row.values, place)
      if (saidOf({ cell, name, column, answers: status.answers }) !== 'unknown') continue
      const key = `${place} ${cell}`
      if (!questions.has(key) && questions.size < MOST_QUESTIONS)
        questions.set(key, { column: name, value: shortened(cell), line: row.line })
    }
    const verdict = verdictOf({ values: row.values, status })
    if (verdict === null || verdict === 'active') continue
    const key = addressKey(normaliseEmail(cellAt(row.values, email)))
    gone.set(key, worse(gone.get(key) ?? verdict, verdict))
  }
  if (questions.size > 0 && plan.statusOfFile === null) throw unclear([...questions.values()])
  return gone
}

/** More is no status; it is asked about by its beginning. */
const shortened = (value: string) => value.slice(0, 200)

function unclear(questions: Question[]): SubscriberFileError {
  const shown = questions.slice(0, 5)
  const more = questions.length - shown.length
  const en = shown.map(({ column, value, line }) => `“${value}” in the column “${column}” (line ${line})`)
  const sv = shown.map(({ column, value, line }) => `”${value}” i kolumnen ”${column}” (rad ${line})`)
  return new SubscriberFileError(
    {
      en: `has something about who may be mailed that is not understood: ${en.join(', ')}${more > 0 ? `, and ${more} more` : ''}. Say what each value means (active, left, ignore), or that the column is to be ignored: here under “Status”, on the command line with --means COLUMN=VALUE=MEANING or --means COLUMN=ignore, over the API with answers`,
      sv: `har uppgifter om vem som får brev som inte går att förstå: ${sv.join(', ')}${more > 0 ? `, och ${more} till` : ''}. Svara vad varje värde betyder (aktiv, har lämnat, bortse), eller att kolumnen inte gäller detta: här under ”Status”, på kommandoraden med --means KOLUMN=VÄRDE=active|left|ignore eller --means KOLUMN=ignore, i API:et med answers`,
    },
    { questions },
  )
}
