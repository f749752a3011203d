/** Why a question is refused, beside what its schema says: the parameter, and the name of a text. */
export class QueryProblem extends Error {
  constructor(
    readonly parameter: string,
    readonly text: 'cursorAndPage' | 'noCursor' | 'otherSort',
  ) {
    super(`${parameter}: ${text}`)
  }
}
