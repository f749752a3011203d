import type { AfterErrorHook } from 'payload'
import type { Locale } from '../newsletter/model.ts'
import { translateMessage } from './payloadMessages.ts'
import { languageOf, textOf } from './refusal.ts'

/** What is read of an error: never its class, which the build renames and doubles. */
interface Known {
  status: number
  message: string
  data: Record<string, unknown> | null
}

/**
 * The answer to every error of REST and GraphQL, in the language of whoever asks: status, message and data as thrown.
 * Payload's own answer (utilities/formatErrors) recognises an error by its class and drops the message of any other. What
 * was not meant for the caller's eyes is 500 in general words.
 */
export const answerErrors: AfterErrorHook = ({ error, graphqlResult, req, result }) => {
  const language = languageOf(req)
  // GraphQL wraps what a resolver throws.
  const thrown = originalOf(error)
  const { status, message, data } = readError(thrown, language)
  if (graphqlResult)
    return {
      graphqlResult: {
        ...graphqlResult,
        message,
        extensions: { ...graphqlResult.extensions, statusCode: status, ...(data && { data }) },
      },
    }
  if (result === undefined) return undefined
  // A duplicate in MongoDB and other lists of fields that Payload has made already stay as they are.
  return { status, response: { ...result, errors: [{ message, ...(data && { name: nameOf(data), data }) }] } }
}

const originalOf = (error: object): object =>
  'originalError' in error && error.originalError instanceof Error ? error.originalError : error

/** Also for the log: what a caller may be told of an error. */
export function readError(error: object, language: Locale): Known {
  const text = textOf(error)
  const own = 'message' in error && typeof error.message === 'string' ? error.message : ''
  const translated = text ? { message: text[language], status: undefined } : translateMessage(own, language)
  const status = translated.status ?? ('status' in error && Number(error.status)) ?? 500
  if (!isTold(error, status))
    return { status: 500, message: translateMessage('Something went wrong.', language).message, data: null }
  return { status: status || 500, message: translated.message, data: translateData(error, language) }
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

/** The names that Payload gives in an unbuilt server. */
const nameOf = (data: NonNullable<Known['data']>): string =>
  'errors' in data && 'collection' in data ? 'ValidationError' : 'APIError'
