import { columnKey } from './fields.ts'
import type { Question } from './problems.ts'
import { isStatusWord, isYesOrNo, readStatusCell, tellsOfLeaving } from './statusWords.ts'
import { hiddenStatus, type StatusColumn } from './statusColumns.ts'

/**
 * A column whose name does not say that it is about who may be mailed, and whose contents may: “Unsubscribed” in a column of
 * notes, “Nej” in one called “Får vi mejla dig?”. Nothing is read from it, but somebody is asked.
 */
export interface OtherColumn {
  place: number
  name: string
  asks:
    | 'clear'
    | 'any'
    /** Its name may say it: a value that is not known is asked about where others are words of a status. */
    | StatusColumn
}

/** What a column is called in questions and answers; one without a name by its place. */
export const nameOf = ({ name, place }: { name: string; place: number }): string => name || `(${place + 1})`

/** The ones to watch among those that nothing else is read from. */
export const otherColumns = (columns: readonly { name: string; place: number }[]): OtherColumn[] =>
  columns.flatMap(({ name, place }) => {
    const asks = hiddenStatus(name)
    return asks === 'not' ? [] : [{ place, name, asks }]
  })

/** A status has few values; a column with more of them is text. */
const MOST_VALUES = 20

/** With such a name one character may be a yes or a no. */
const ABOUT_MAIL =
  /mail|mejl|kontakt|contact|utskick|brev|reklam|list|gdpr|agree|allow|ok$|^ok|valid|deliver|permi|tillat/

/** Such a column is about the mail that somebody gets: each value of it is asked about that is not known to be good. */
const OF_MAIL =
  /^(?!.*(?:client|klient|domain|doman|format|language|sprak|name|namn|subject|amne)).*(?:e?mails?|mejl|epost|kommuni[kc]|communic|deliver|leverer|reachab|naba)(?:\w{0,10}(?:quality|kvalitet|health|status|grade|betyg|verdict|check|validation|validity|hygiene|preference|val|choice|ation|able|bar))?$/

interface Seen {
  column: OtherColumn
  marks: boolean
  /** Whether the name says that it is about the mail that somebody gets. */
  isOfMail: boolean
  /** By value, in small letters, its first line. Null: too many. */
  values: Map<string, { value: string; line: number }> | null
  isAnswer: boolean
  hasWord: boolean
  /** Those that tell of leaving by themselves. */
  told: Map<string, { value: string; line: number }>
}

/** Watches the cells of such columns over a whole file, and says in the end what there is to ask. */
export function watchColumns(columns: readonly OtherColumn[]): {
  see: (cell: { column: OtherColumn; cell: string; line: number }) => void
  questions: () => Question[]
} {
  const all = new Map<OtherColumn, Seen>(
    columns.map((column) => {
      const key = columnKey(column.name)
      return [
        column,
        {
          ...{ column, marks: ABOUT_MAIL.test(key), isOfMail: OF_MAIL.test(key) },
          ...{ values: new Map(), isAnswer: true, hasWord: false, told: new Map() },
        },
      ]
    }),
  )
  return {
    see({ column, cell, line }) {
      const seen = all.get(column)
      if (seen) see(seen, { value: cell, line })
    },
    questions: () => [...all.values()].flatMap(questionsOf),
  }
}

function see(seen: Seen, { value, line }: { value: string; line: number }): void {
  const key = value.toLowerCase()
  if (seen.values?.has(key)) return
  if (tellsOfLeaving(value) && seen.told.size < MOST_VALUES) seen.told.set(key, { value, line })
  if (!seen.values) return
  seen.values.set(key, { value, line })
  if (value !== '') {
    seen.isAnswer &&= isYesOrNo(value, seen)
    seen.hasWord ||= isWordOf(seen, value)
  }
  if (seen.values.size > MOST_VALUES) seen.values = null
}

const isWordOf = ({ column: { asks } }: Seen, value: string): boolean =>
  typeof asks === 'object' ? readStatusCell({ cell: value, column: asks }) !== 'nothing' : isStatusWord(value)

function questionsOf({ column, values, isAnswer, isOfMail, hasWord, told }: Seen): Question[] {
  const filled = [...(values?.values() ?? [])].filter(({ value }) => value !== '')
  const looksLikeOne =
    values !== null &&
    filled.length > 0 &&
    column.asks !== 'clear' &&
    (hasWord || ((isAnswer || (isOfMail && !filled.some(isAddress))) && column.asks === 'any'))
  const asked = looksLikeOne
    ? [...values.values()].filter(({ value }) => !isUnderstood(column, value))
    : [...told.values()]
  return asked.map(({ value, line }) => ({ column: nameOf(column), value, line }))
}

const isAddress = ({ value }: { value: string }) => /@|:\/\//.test(value)

/** A word by which somebody is mailed needs no question, and neither does what the column alone means by a word. */
function isUnderstood({ asks }: OtherColumn, value: string): boolean {
  if (typeof asks === 'object')
    return value === '' || readStatusCell({ cell: value, column: asks }) !== 'nothing'
  return asks === 'any' && isGood(value)
}

const STATE: StatusColumn = { sense: 'state', bad: 'unsubscribed', whenEmpty: 'asked', isSoft: false }
const isGood = (value: string) =>
  isStatusWord(value) && readStatusCell({ cell: value, column: STATE }) === 'active'
