import { defaultLoggerOptions, type Config } from 'payload'
import { originalOf, readError } from './answerErrors.ts'

const LONGEST = 300

/**
 * Payload's log. It writes each error with its stack, whatever it is: a refusal, which is no fault of ours, becomes one
 * line here; and an error of a database loses its statement, whose values are readers' addresses.
 */
export const refusalLog: Config['logger'] = {
  destination: defaultLoggerOptions,
  options: {
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args as unknown as [unknown, ...unknown[]]
        const given = errorIn(first)
        if (!given) return method.apply(this, args)
        const error = originalOf(given)
        const { status, message } = readError(error, 'en')
        if (status !== 500) return this.info(`request.refused ${status}: ${oneLine(message)}`)
        const fields = first === given ? {} : (first as object)
        return Reflect.apply(method, this, [{ ...fields, err: withoutStatement(error) }, ...rest])
      },
    },
  },
}

const errorIn = (first: unknown): Error | null => {
  if (first instanceof Error) return first
  return typeof first === 'object' && first !== null && 'err' in first && first.err instanceof Error
    ? first.err
    : null
}

/** A caller's words may be in it, which must not begin a line of their own. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, LONGEST)

/** Drizzle's message is the statement with its values; what went wrong is the cause. */
function withoutStatement(error: Error): Error {
  if (!error.message.startsWith('Failed query:')) return error
  const cause = error.cause instanceof Error ? error.cause : null
  const short = new Error(`A statement failed: ${cause ? oneLine(cause.message) : 'no reason given'}`)
  short.stack = `${short.message}\n${(error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')}`
  return short
}
