export interface Refusals {
  /** How many answers of the API were refusals. */
  count: number
  /** How many questions of forms wait for their answer. */
  asking: number
}

/**
 * A form asks the server for its state while somebody writes. The answer to a question from before a refusal knows nothing
 * of the refusal: Payload would take away the messages that the refusal has put at the fields. Here such an answer says
 * nothing (`state: null`), which Payload's forms take for a dropped question. A form that opens gets its answer always.
 * @param ask asks the server.
 */
export const askAcrossRefusals =
  <Asked extends { formState?: unknown }, Answer extends object>(
    ask: (question: Asked) => Promise<Answer>,
    refusals: Refusals,
  ) =>
  async (question: Asked): Promise<Answer> => {
    const before = refusals.count
    refusals.asking += 1
    try {
      const answer = await ask(question)
      return question.formState && refusals.count !== before ? { ...answer, state: null } : answer
    } finally {
      refusals.asking -= 1
    }
  }
