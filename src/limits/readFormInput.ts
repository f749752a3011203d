import { readBody, type WithBody } from './readBody.ts'

/** What was sent: by a script as JSON, or by a browser's own form. */
export interface FormInput {
  /** A plain form expects a page for an answer. */
  isPlainForm: boolean
  /** More than any form of ours holds: it was not read to its end. */
  isTooLong: boolean
  /** As it came in. Null: no object. */
  values: Record<string, unknown> | null
}

/** A contact message of the greatest length in letters of four bytes, each of them written as `%F0` and the like, and some room. */
const LONGEST_BODY = 150_000

/** @param options.lists fields of a plain form that may come more than once: always a list, as in JSON. */
export async function readFormInput(
  req: WithBody,
  { lists = [] }: { lists?: string[] } = {},
): Promise<FormInput> {
  const isPlainForm = /^application\/x-www-form-urlencoded\b/i.test(req.headers.get('content-type') ?? '')
  // Who goes while they send has sent nothing.
  const body = await readBody(req, { longest: LONGEST_BODY }).catch(() => '')
  if (body === null) return { isPlainForm, isTooLong: true, values: null }
  return { isPlainForm, isTooLong: false, values: isPlainForm ? readFields(body, lists) : readJson(body) }
}

function readFields(body: string, lists: string[]): Record<string, unknown> {
  const fields = new URLSearchParams(body)
  const single = [...fields.keys()].filter((name) => !lists.includes(name))
  return {
    ...Object.fromEntries(single.map((name) => [name, fields.get(name)])),
    ...Object.fromEntries(
      lists.filter((name) => fields.has(name)).map((name) => [name, fields.getAll(name)]),
    ),
  }
}

function readJson(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
