/** What is read here of a form's question to the server for its state. */
export interface Question {
  schemaPath?: string
  id?: string | number
  /** What the form holds. None where a form opens. */
  formState?: unknown
  /** The form aborts it when it asks again, and when somebody closes the form. */
  signal?: AbortSignal
}

interface Form<Answer> {
  newest: Promise<Answer> | null
  waiting: ((later: Promise<Answer>) => void)[]
}

/**
 * Answers each question of a form, also one that the form drops because it asks again: that one gets the answer to the
 * newest question. A closed form gets no answer. At most one form of the same `schemaPath` and `id` is open at a time.
 * @param ask asks the server, in the order of the questions.
 */
export function newestAnswer<Asked extends Question, Answer>(
  ask: (question: Asked) => Promise<Answer>,
): (question: Asked) => Promise<Answer> {
  const forms = new Map<string, Form<Answer>>()

  return (question) => {
    const key = `${question.schemaPath ?? ''} ${question.id ?? ''}`
    if (!question.formState) {
      forms.delete(key)
      return ask(question)
    }
    const form = forms.get(key) ?? { newest: null, waiting: [] }
    forms.set(key, form)
    const answer: Promise<Answer> = ask(question).then((given) => {
      if (!question.signal?.aborted) return given
      if (form.newest !== answer && form.newest) return form.newest
      // A form drops its question before it asks the next one.
      return new Promise((resolve) => form.waiting.push(resolve))
    })
    form.newest = answer
    for (const resolve of form.waiting.splice(0)) resolve(answer)
    return answer
  }
}
