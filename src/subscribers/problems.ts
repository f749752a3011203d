import type { HashOnlyReason } from '../newsletter/model.ts'
import type { Field } from './fields.ts'

/** What is wrong with one row of a file. */
export type RowProblem =
  | { code: 'quote_inside' | 'quote_open' | 'email_missing' | 'consent_source_missing' | 'deleted' }
  | { code: 'name_too_long' }
  | { code: 'email_invalid' | 'email_local_part' | 'locale_invalid' | 'topic_unknown'; value: string }
  | { code: 'suppression_invalid'; value: string }
  | { code: 'time_invalid'; field: Field; value: string }
  | { code: 'values_count'; found: number; expected: number }

/** What became of one row, or would become of it. */
export type Outcome =
  | { kind: 'imported'; email: string; status: 'pending' | 'active' | 'unsubscribed' | 'suppressed' }
  /** An address that was a subscriber before; that an earlier row has; that must not be mailed; whose owner was erased, or moved. */
  | { kind: 'known' | 'repeated' | 'suppressed' | HashOnlyReason; email: string }
  /** With the address as it stands in the row, when there is one, and all that stands in it. */
  | { kind: 'refused'; problems: RowProblem[]; email?: string; values?: string[] }

export type ImportCounts = Record<Outcome['kind'], number>

/** One row of the file. */
export type RowOutcome = { line: number; lastLine: number } & Outcome

export const noCounts = (): ImportCounts => ({
  imported: 0,
  known: 0,
  repeated: 0,
  suppressed: 0,
  erased: 0,
  moved: 0,
  refused: 0,
})

/** What only somebody who knows the file can tell: what a value of a column, or the column itself, says of a person. */
export interface Question {
  /** Empty: the value is the name of the file. */
  column: string
  value: string
  /** Where it stands first; 0 for the name of the file. */
  line: number
}
