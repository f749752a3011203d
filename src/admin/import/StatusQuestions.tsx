import type { Question } from '../../subscribers/problems.ts'
import type { StatusAnswer } from '../../subscribers/readStatuses.ts'
import type { ImportText } from './importText.ts'

/** What the file leaves open about who may be mailed, each with a choice; the dry run is repeated with the answers. */
export function StatusQuestions({
  questions,
  answers,
  answer,
  isDisabled,
  text,
}: {
  questions: readonly Question[]
  answers: readonly StatusAnswer[]
  answer: (answer: StatusAnswer | null, question: Question) => void
  isDisabled: boolean
  text: ImportText
}) {
  if (questions.length === 0) return null
  const choices = [
    { key: 'active', label: text.means.active },
    { key: 'left', label: text.means.left },
    { key: 'ignore', label: text.means.ignore },
    { key: 'column', label: text.means.column },
  ]
  return (
    <fieldset className="import__columns" disabled={isDisabled}>
      <legend>{text.questions}</legend>
      <p className="import__help">{text.questionsHelp}</p>
      {questions.map((question, index) => (
        <div key={`${question.column} ${question.value}`} className="import__column">
          <label htmlFor={`import-question-${index}`}>
            {text.question({ ...question, value: question.value || text.emptyValue })}
          </label>
          <select
            id={`import-question-${index}`}
            value={choiceOf({ question, answers })}
            required
            onChange={({ currentTarget: { value } }) =>
              answer(answerOf({ question, choice: value }), question)
            }
          >
            <option value="">{text.noAnswer}</option>
            {choices.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ))}
    </fieldset>
  )
}

export const isAbout = (answer: StatusAnswer, { column, value }: Question): boolean =>
  answer.column === column && (answer.value === null || answer.value === value)

function choiceOf({ question, answers }: { question: Question; answers: readonly StatusAnswer[] }): string {
  const given = answers.find((each) => isAbout(each, question))
  return given ? (given.value === null ? 'column' : given.means) : ''
}

function answerOf({
  question: { column, value },
  choice,
}: {
  question: Question
  choice: string
}): StatusAnswer | null {
  switch (choice) {
    case 'active':
    case 'left':
    case 'ignore':
      return { column, value, means: choice }
    case 'column':
      return { column, value: null, means: 'ignore' }
    default:
      return null
  }
}
