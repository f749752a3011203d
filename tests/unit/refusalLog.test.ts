import { expect, it } from '@jest/globals'
import { GraphQLError } from 'graphql'
import { refusal } from '../../src/refusals/refusal.ts'
import { refusalLog } from '../../src/refusals/refusalLog.ts'

interface Logged {
  refusals: string[]
  errors: Error[]
}
type LogMethod = (this: object, args: unknown[], method: (given: { err: Error }) => void) => void

/** What goes to the log when Payload writes this error as it writes them all. */
function logged(error: Error): Logged {
  const [refusals, errors]: [string[], Error[]] = [[], []]
  const { options } = refusalLog as { options: { hooks: { logMethod: LogMethod } } }
  const log = { info: (line: string) => refusals.push(line) }
  options.hooks.logMethod.call(log, [{ err: error }], ({ err }) => errors.push(err))
  return { refusals, errors }
}
const wrapped = (originalError: Error) => new GraphQLError(originalError.message, { originalError })

const REFUSAL = refusal({ code: 'not_there', status: 404, text: { en: 'There is none.', sv: 'Finns inte.' } })
const FAILED = Object.assign(new Error('Failed query: select … params: anna@example.com'), {
  cause: new Error('the disk is full'),
})

it.each([
  ['REST', REFUSAL],
  ['GraphQL', wrapped(REFUSAL)],
])('a refusal over %s is one line without a stack', (_, error) => {
  expect(logged(error)).toEqual({ refusals: ['request.refused 404: There is none.'], errors: [] })
})

it.each([
  ['REST', FAILED],
  ['GraphQL', wrapped(FAILED)],
])('a statement that fails over %s is told with its cause, and without its values', (_, error) => {
  const { refusals, errors } = logged(error)
  expect([refusals, errors.map(({ message }) => message)]).toEqual([
    [],
    ['A statement failed: the disk is full'],
  ])
  expect(errors[0]?.stack).not.toContain('anna@example.com')
})
