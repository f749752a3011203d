import type { Faults } from './faults.ts'
import { parseJson, type ApiCall } from './handleApi.ts'
import type { AcceptedMail, Answer, RecordedRequest } from './model.ts'

/**
 * What drives the emulator from outside; null when the call is one of the API.
 * GET /_emulator/requests and /_emulator/mails read; POST /_emulator/faults {next, every} sets.
 */
export function answerControl({
  call,
  requests,
  mails,
  faults,
}: {
  call: ApiCall
  requests: readonly RecordedRequest[]
  mails: readonly AcceptedMail[]
  faults: Faults
}): Answer | null {
  switch (`${call.method} ${call.path}`) {
    case 'GET /_emulator/requests':
      return { status: 200, body: requests }
    case 'GET /_emulator/mails':
      return { status: 200, body: mails }
    case 'POST /_emulator/faults': {
      const mistake = faults.read(parseJson(call.bytes))
      return mistake ? { status: 422, body: { message: mistake } } : { status: 200, body: {} }
    }
    default:
      return null
  }
}
