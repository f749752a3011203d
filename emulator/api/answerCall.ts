import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendAnswer } from '../http.ts'
import type { Answer, ApiCall, Fault } from '../model.ts'
import type { RecordedCall } from '../received/callLog.ts'
import { apiError } from './answers.ts'
import { beginCall, type ApiState } from './handleApi.ts'
import type { RateLimit } from './rateLimit.ts'

export interface AnsweringParts {
  state: ApiState
  rateLimit: RateLimit
  takeFault: () => Fault | null
  latencyMs: () => number
}

/** Answers one call of the API, or does to it what its fault says. The rate limit stands before everything. */
export async function answerCall({
  parts: { state, rateLimit, takeFault, latencyMs },
  call,
  record,
  response,
}: {
  parts: AnsweringParts
  call: ApiCall
  record: RecordedCall
  response: ServerResponse
}): Promise<void> {
  const limit = rateLimit.count()
  const reply = ({ headers, ...answer }: Answer) => {
    const told = { ...limit.headers, ...state.quotas.headers(), ...headers }
    record.answered(answer)
    sendAnswer(response, { ...answer, headers: told })
  }
  if (limit.answer) return reply(limit.answer)
  const fault = takeFault()
  if (fault) record.met(fault)
  if (fault && fault.kind !== 'slow' && fault.when === 'before') return spoil({ fault, response, reply })
  const begun = beginCall({ state, call })
  const ms = latencyMs() + (fault?.kind === 'slow' ? fault.ms : 0)
  if (ms > 0) await sleep(ms)
  const answer = 'answer' in begun ? begun.answer : begun.finish()
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
      return hang({ response, ms: fault.ms })
  }
}

function hang({ response, ms }: { response: ServerResponse; ms: number | undefined }): void {
  if (ms === undefined) return
  const timer = setTimeout(() => response.destroy(), ms)
  response.once('close', () => clearTimeout(timer))
}
