/** Looks like a colon. */
const RATIO = '\u2236'

interface Answer {
  errors?: { message?: unknown; data?: { errors?: { message?: unknown }[] } | null }[]
}

/**
 * Payload's notice of a refusal takes what follows a colon for a list of fields, with a comma between each: "at 08:00, or"
 * becomes two of them. A sentence keeps its colons as a sign that looks the same; a list of fields, which says something
 * else than each of its fields, stays as it is.
 */
export function withWholeMessages(answer: Answer): Answer {
  if (!Array.isArray(answer.errors)) return answer
  return {
    ...answer,
    errors: answer.errors.map((error) => {
      const { message, data } = error
      const ofFields = Array.isArray(data?.errors) ? data.errors : []
      const isSentence = ofFields.length === 0 || ofFields.some((field) => field.message === message)
      return typeof message === 'string' && isSentence
        ? { ...error, message: message.replaceAll(':', RATIO) }
        : error
    }),
  }
}
