import type { ColumnsAnswer } from '../../endpoints/subscribersFile/columnsEndpoint.ts'
import type { SeparatorName } from '../../endpoints/subscribersFile/readChoices.ts'
import type { ImportLine } from '../../endpoints/subscribersFile/importEndpoint.ts'
import type { Format, Mapping } from '../../subscribers/fields.ts'
import type { Question } from '../../subscribers/problems.ts'
import type { StatusAnswer } from '../../subscribers/readStatuses.ts'
import { readLinesOf } from './readLinesOf.ts'

const REFUSED = 'import_refused'

/** What the server says against it, in its words; null when the error is another one. */
export const refusalIn = (error: unknown): string | null =>
  error instanceof Error && error.name === REFUSED ? error.message : null

/** What it asks before it goes on. */
export const questionsIn = (error: unknown): readonly Question[] =>
  error instanceof Error && 'questions' in error ? (error.questions as Question[]) : []

interface Refusal {
  errors?: { message?: string; data?: { questions?: Question[] } }[]
}

/** What whoever imports has chosen. */
export interface Chosen {
  file: File
  format: Format
  mapping: Mapping
  /** Null: as the server finds it. */
  separator: SeparatorName | null
  consentSource: string
  consentText: string
  /** The slug of what everybody follows. */
  topic: string
  answers: readonly StatusAnswer[]
}

/** The header is in it, unless it is none. */
const HEAD_BYTES = 64 * 1024

/** @throws what `refusalIn` reads; TypeError when the server cannot be reached. */
export async function askColumns({
  api,
  file,
  separator,
}: {
  api: string
  file: File
  separator: SeparatorName | null
}): Promise<ColumnsAnswer> {
  const query = new URLSearchParams({ fileName: file.name, ...(separator && { separator }) })
  const response = await post({
    url: `${api}/subscribers/import/columns?${query}`,
    body: file.slice(0, HEAD_BYTES),
  })
  return (await response.json()) as ColumnsAnswer
}

/** The steps of an import, as they are made. Aborting it stops the import. @throws as askColumns. */
export async function* runImport({
  api,
  chosen: { file, format, mapping, separator, consentSource, consentText, topic, answers },
  isDryRun,
  signal,
}: {
  api: string
  chosen: Chosen
  isDryRun: boolean
  signal: AbortSignal
}): AsyncGenerator<ImportLine> {
  const query = new URLSearchParams({
    dryRun: isDryRun ? '1' : '0',
    format,
    consentSource,
    consentText,
    topic,
    ...(separator && { separator }),
    fileName: file.name,
    answers: JSON.stringify(answers),
  })
  for (const [field, column] of Object.entries(mapping)) query.set(`map[${field}]`, column)
  const response = await post({ url: `${api}/subscribers/import?${query}`, body: file, signal })
  if (response.body) yield* readLinesOf<ImportLine>(response.body)
}

async function post({
  url,
  body,
  signal,
}: {
  url: string
  body: BodyInit
  signal?: AbortSignal
}): Promise<Response> {
  const headers = { 'Content-Type': 'text/csv' }
  const response = await fetch(url, { method: 'POST', credentials: 'same-origin', headers, body, signal })
  if (response.ok) return response
  const answer = (await response.json().catch(() => null)) as Refusal | null
  const message = answer?.errors?.[0]?.message ?? `HTTP ${response.status}`
  throw Object.assign(new Error(message), {
    name: REFUSED,
    questions: answer?.errors?.[0]?.data?.questions ?? [],
  })
}
