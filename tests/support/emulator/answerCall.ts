import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { apiError } from './answers.ts'
import { beginCall, type ApiCall, type ApiState } from './handleApi.ts'
import { sendAnswer } from './http.ts'
import type { Answer, Fault, RecordedRequest } from './model.ts'

/** Answers one call, or does to it what its fault says. */
export async function answerCall({
  state,
  call,
  record,
  response,
  fault,
  latencyMs,
}: {
  state: ApiState
  call: ApiCall
  record: RecordedRequest
  response: ServerResponse
  fault: Fault | null
  latencyMs: number
}): Promise<void> {
  const reply = (answer: Answer) => {
    record.status = answer.status
    sendAnswer(response, answer)
  }
  if (fault && fault.kind !== 'slow' && fault.when === 'before') return spoil({ fault, response, reply })
  const begun = beginCall({ state, call })
  if ('answer' in begun) return reply(begun.answer)
  const ms = latencyMs + (fault?.kind === 'slow' ? fault.ms : 0)
  if (ms > 0) await sleep(ms)
  const answer = begun.finish()
  if (fault && fault.kind !== 'slow') return spoil({ fault, response, reply })
  reply(answer)
}

function spoil({
  fault,
  response,
  reply,
}: {
  fault: Exclude<Fault, { kind: 'slow' }>
  response: ServerResponse
  reply: (answer: Answer) => void
}): void {
  switch (fault.kind) {
    case 'error':
      return reply(apiError(fault))
    case 'garbage':
      return reply({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Hello</html>' })
    case 'drop':
      response.destroy()
      return
    case 'hang':
      return
  }
}
