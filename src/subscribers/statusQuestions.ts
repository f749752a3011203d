import { tellsOfLeavers } from './formats.ts'
import type { Question } from './problems.ts'
import type { StatusAnswer } from './readStatuses.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** A file called “unsubscribed” whose people would become active. It is asked about as if its name were a value of no column. */
export const questionOfName = ({
  fileName,
  answers,
}: {
  fileName: string
  answers: readonly StatusAnswer[]
}): Question[] =>
  tellsOfLeavers(fileName) && !answers.some(({ column }) => column === '')
    ? [{ column: '', value: fileName, line: 0 }]
    : []

/** What somebody reads who is asked. */
export function unclear(questions: Question[]): SubscriberFileError {
  const shown = questions.slice(0, 5)
  const more = questions.length - shown.length
  const en = shown.map(({ column, value, line }) =>
    column === '' ? `its name, “${value}”` : `“${value}” in the column “${column}” (line ${line})`,
  )
  const sv = shown.map(({ column, value, line }) =>
    column === '' ? `dess namn, ”${value}”` : `”${value}” i kolumnen ”${column}” (rad ${line})`,
  )
  return new SubscriberFileError(
    {
      en: `has something about who may be mailed that is not understood: ${en.join(', ')}${more > 0 ? `, and ${more} more` : ''}. Say what each value means (active, left, ignore), or that the column is to be ignored: in the admin under “Status”, on the command line with --means COLUMN=VALUE=MEANING or --means COLUMN=ignore, over the API with answers`,
      sv: `har uppgifter om vem som får brev som inte går att förstå: ${sv.join(', ')}${more > 0 ? `, och ${more} till` : ''}. Svara vad varje värde betyder (aktiv, har lämnat, bortse), eller att kolumnen inte gäller detta: i admin under ”Status”, på kommandoraden med --means KOLUMN=VÄRDE=active|left|ignore eller --means KOLUMN=ignore, i API:et med answers`,
    },
    { questions },
  )
}
