import type { SeparatorName } from '../../endpoints/subscribersFile/readChoices.ts'
import type { Field, Format } from '../../subscribers/fields.ts'
import type { Outcome } from '../../subscribers/problems.ts'
import { en } from './textEn.ts'
import { sv } from './textSv.ts'

/** The words of the view that imports and exports subscribers. */
export interface ImportText {
  language: 'sv-SE' | 'en-GB'
  nav: string
  group: string
  title: string
  notAllowed: string
  intro: string
  file: string
  fileHelp: string
  drop: string
  paste: string
  pasteHelp: string
  pasteExample: string
  usePasted: string
  /** The name of what was pasted, in the record of consent. */
  pastedFile: string
  noAddress: string
  chosen: (file: string) => string
  encoding: (name: string) => string
  separator: string
  separators: Record<SeparatorName, string>
  everybody: string
  topic: string
  noTopic: string
  topicHelp: string
  consentText: string
  consentTextHelp: string
  problems: (count: number, shown: string) => string
  problemsPart: (shown: string, total: string) => string
  problemsHelp: string
  value: string
  remedy: string
  downloadRefused: string
  /** What stands behind the name of the file, in the name of the file of those. */
  refusedFile: string
  recent: string
  added: (count: number, shown: string) => string
  notFinished: string
  undo: string
  undoQuestion: (file: string) => string
  undoAbout: string
  undoYes: string
  undoNo: string
  undoGoOn: string
  undoneBy: (name: string) => string
  undoing: string
  undone: (count: number, shown: string) => string
  keptMailed: (count: number, shown: string) => string
  keptChanged: (count: number, shown: string) => string
  tooBig: string
  reading: string
  format: Record<Format, string>
  everybodyIs: Record<'unsubscribed' | 'suppressed', string>
  columns: string
  columnsHelp: string
  fields: Record<Field, string>
  noColumn: string
  consentSource: string
  consentSourceHelp: string
  ignored: (names: string) => string
  questions: string
  questionsHelp: string
  hasQuestions: string
  question: (asked: { column: string; value: string; line: number }) => string
  emptyValue: string
  noAnswer: string
  means: Record<'active' | 'left' | 'ignore' | 'column', string>
  unknownTags: (names: string) => string
  dryRun: string
  importNow: (count: number, shown: string) => string
  stop: string
  checking: string
  importing: string
  keepOpen: string
  progress: (line: string, lines: string) => string
  dryDone: string
  nothingToImport: string
  done: string
  cutOff: string
  kinds: Record<Outcome['kind'], string>
  report: string
  reportPart: (shown: string, total: string) => string
  line: string
  result: string
  email: string
  details: string
  download: string
  reportFile: string
  /** Before the server's own sentence. */
  refused: string
  unreachable: string
  exportHeading: string
  exportIntro: string
  exportAll: string
  exportActive: string
}

/** In the language that the user chose for the admin. */
export const importText = (language: string): ImportText => (language === 'sv' ? sv : en)
