import type { AfterErrorHook, PayloadRequest } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import { nameFields } from './nameFields.ts'
import { translateMessage } from './payloadMessages.ts'
import { languageOf, refusalCodeOf, textOf } from './refusal.ts'

/** What is read of an error: never its class, which the build renames and doubles. */
interface Known {
  status: number
  /** Null for those of Payload. */
  code: string | null
  message: string
  data: Record<string, unknown> | null
}

/**
 * The answer to every error of REST and GraphQL, in the language of whoever asks: status, code, message and data as thrown.
 * Payload's own answer (utilities/formatErrors) recognises an error by its class and drops the message of any other. What
 * was not meant for the caller's eyes is 500 in general words.
 */
export const answerErrors: AfterErrorHook = ({ error, graphqlResult, req, result }) => {
  const thrown = originalOf(error)
  const { status, code, message, data } = withNames(readError(thrown, languageOf(req)), req)
  if (graphqlResult) {
    // The class of the error, which the build makes a letter of.
    const { name: _, ...extensions } = (graphqlResult.extensions ?? {}) as Record<string, unknown>
    return {
      graphqlResult: {
        ...graphqlResult,
        message,
        extensions: { ...extensions, statusCode: status, ...(code && { code }), ...(data && { data }) },
      },
    }
  }
  if (result === undefined) return undefined
  const answered = { ...(code && { code }), message, ...(data && { name: nameOf(data), data }) }
  return { status, response: { ...result, errors: [answered] } }
}

/** What was thrown: GraphQL wraps what a resolver throws. */
export const originalOf = <Thrown extends object>(error: Thrown): Thrown | Error =>
  'originalError' in error && error.originalError instanceof Error ? error.originalError : error

/** Also for the log: what a caller may be told of an error. */
export function readError(error: object, language: Locale): Known {
  const text = textOf(error)
  const code = refusalCodeOf(error)
  const own = 'message' in error && typeof error.message === 'string' ? error.message : ''
  const translated = text ? { message: text[language], status: undefined } : translateMessage(own, language)
  const status = translated.status ?? ('status' in error && Number(error.status)) ?? 500
  if (!isTold(error, status))
    return {
      status: 500,
      code,
      message: translateMessage('Something went wrong.', language).message,
      data: null,
    }
  return { status: status || 500, code, message: translated.message, data: translateData(error, language) }
}

/** As Payload's isErrorPublic. */
function isTold(error: object, status: number | false): boolean {
  if (status && status !== 500) return true
  return 'isPublic' in error && error.isPublic === true
}

/** Payload's list of fields, each with its message. */
function translateData(error: object, language: Locale): Known['data'] {
  const data = 'data' in error && typeof error.data === 'object' ? (error.data as Known['data']) : null
  if (!data || !('errors' in data) || !Array.isArray(data.errors)) return data
  const errors = (data.errors as { message?: unknown }[]).map((field) =>
    typeof field?.message === 'string'
      ? { ...field, message: translateMessage(field.message, language).message }
      : field,
  )
  return { ...data, errors }
}

/** Fields by the names that the admin shows, also where Payload has their paths alone. */
function withNames(known: Known, req: PayloadRequest): Known {
  const { data, message } = known
  return data ? { ...known, ...nameFields({ data, message, req }) } : known
}

/** The names that Payload gives in an unbuilt server. */
const nameOf = (data: NonNullable<Known['data']>): string =>
  'errors' in data && 'collection' in data ? 'ValidationError' : 'APIError'
