import type { ServerResponse } from 'node:http'
import { faultName } from '../faults/namedFaults.ts'
import type { Answer, ApiCall, Fault, RecordedRequest } from '../model.ts'
import { startBusiestSecond } from './busiestSecond.ts'
import { countOne, type Counts } from './counts.ts'
import { trimStart } from './trimStart.ts'

type CallCounts = Omit<Counts, 'mails' | 'addresses' | 'addressesTwiceOrMoreTotal' | 'addressesTwiceOrMore'>

/** A call under way. */
export interface RecordedCall {
  met: (fault: Fault) => void
  answered: (answer: Answer) => void
  /** Nobody waits for it any more, answered or not. */
  ended: () => void
}

export interface CallLog {
  /** The calls that are kept, oldest first. */
  requests: RecordedRequest[]
  /** Counts a request as under way, from its first byte until its response is closed. */
  follow: (response: ServerResponse) => void
  begin: (call: ApiCall) => RecordedCall
  counts: () => CallCounts
  /** Counts from nothing; the list stays. */
  countAnew: () => void
  forget: () => void
}

/** @param keeps how many calls stay in the list; counted are all. */
export function startCallLog({ keeps, now }: { keeps: number; now: () => Date }): CallLog {
  const requests: RecordedRequest[] = []
  let counts = noCalls()
  let busiest = startBusiestSecond()
  let inFlight = 0
  const countAnew = () => {
    counts = { ...noCalls(), maxInFlight: inFlight }
    busiest = startBusiestSecond()
  }
  return {
    requests,
    follow: (response) => {
      inFlight++
      counts.maxInFlight = Math.max(counts.maxInFlight, inFlight)
      response.once('close', () => void inFlight--)
    },
    begin: (call) => {
      const at = now()
      const record = recordCall({ call, at })
      requests.push(record)
      trimStart({ list: requests, keeps })
      counts.calls++
      counts.firstCallAt ??= at.getTime()
      busiest.count(at.getTime())
      return {
        met: (fault) => {
          record.fault = faultName(fault)
          countOne(counts.faults, record.fault)
        },
        answered: (answer) => {
          record.status = answer.status
          record.error = errorOf(answer)
          countOne(counts.statuses, String(answer.status))
          if (answer.status === 429) counts.tooManyRequests++
          counts.lastAnswerAt = now().getTime()
        },
        ended: () => {
          if (record.status === null) counts.unanswered++
        },
      }
    },
    counts: () => ({
      ...counts,
      maxCallsPerSecond: busiest.perSecond(),
      maxCallsInAnySecond: busiest.inAnySecond(),
    }),
    countAnew,
    forget: () => {
      requests.length = 0
      countAnew()
    },
  }
}

const noCalls = (): CallCounts => ({
  calls: 0,
  statuses: {},
  unanswered: 0,
  tooManyRequests: 0,
  faults: {},
  maxInFlight: 0,
  maxCallsPerSecond: 0,
  maxCallsInAnySecond: 0,
  firstCallAt: null,
  lastAnswerAt: null,
})

/** What is kept of a call: never the key to the account. */
function recordCall({ call, at }: { call: ApiCall; at: Date }): RecordedRequest {
  const { authorization: _, ...headers } = call.headers
  return {
    method: call.method,
    path: call.path,
    headers,
    key: headers['idempotency-key'] ?? null,
    size: sizeOf(call),
    status: null,
    error: null,
    fault: null,
    at: at.toISOString(),
  }
}

function sizeOf({ method, body }: ApiCall): number {
  if (method !== 'POST') return 0
  const emails = body()
  if (Array.isArray(emails)) return emails.length
  return emails === undefined ? 0 : 1
}

const errorOf = ({ status, body }: Answer): string | null =>
  status >= 300 && typeof body === 'object' && body && 'name' in body ? String(body.name) : null
