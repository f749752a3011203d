import { JSON_TOO_DEEP, NO_JSON, type WebProblem } from './problems.ts'

/** A list within a list within a list of a text needs about 60. */
const DEEPEST = 200

/**
 * Whether a body that says it is JSON is an object, as every endpoint of ours expects. An empty one is none and may pass:
 * Payload takes it for no data.
 */
export function checkJson({ type, body }: { type: string | undefined; body: Buffer }): WebProblem | null {
  if (!/^\s*application\/(graphql\+)?json\b/i.test(type ?? '') || body.length === 0) return null
  const text = body.toString('utf8')
  // Before it is parsed: whoever walks through the value later does so by recursion.
  if (isTooDeep(text)) return JSON_TOO_DEEP
  return isObject(text) ? null : NO_JSON
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (isInString && letter === '\\') at += 1
    else if (letter === '"') isInString = !isInString
    else if (isInString) continue
    else if (letter === '{' || letter === '[') depth += 1
    else if (letter === '}' || letter === ']') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
