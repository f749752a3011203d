import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCall } from './answerCall.ts'
import { answerControl } from './control.ts'
import { startFaults, type Faults } from './faults.ts'
import type { ApiState } from './handleApi.ts'
import { readCall, recordCall, sendAnswer } from './http.ts'
import { startKeys } from './keys.ts'
import type { AcceptedMail, RecordedRequest } from './model.ts'
import { startRateLimit } from './rateLimit.ts'
import { refuseOneDomain, type RecipientRule } from './readEmail.ts'

export interface ResendEmulator extends Pick<Faults, 'failNext' | 'failEvery'> {
  /** http://127.0.0.1:<port>, for RESEND_BASE_URL */
  url: string
  /** Every call of the API, in order. */
  requests: readonly RecordedRequest[]
  /** Every e-mail that was taken, in order, once each. */
  mails: readonly AcceptedMail[]
  stop: () => Promise<void>
}

export interface EmulatorOptions {
  /** 0: any free one. */
  port?: number
  /** The one key that is let in; null: any. */
  apiKey?: string | null
  /** Domains that mail may be from; null: any. */
  verifiedDomains?: readonly string[] | null
  /** Why a recipient is refused, or null. Refuses anything @refused.example unless told otherwise. */
  refuse?: RecipientRule
  /** What the rate-limit headers tell. */
  perSecond?: number
  /** Whether more calls than that are answered 429. */
  isRateEnforced?: boolean
  /** Milliseconds that every call takes. */
  latencyMs?: number
  /** false: only who got what is kept, not html and text; for runs of 100,000. */
  keepsBodies?: boolean
  now?: () => Date
}

/**
 * Resend's sending API on 127.0.0.1, as far as its documentation tells: for tests, and for driving Utskick by hand. What
 * it cannot tell is how the real one behaves where the documentation is silent.
 */
export async function startResendEmulator(options: EmulatorOptions = {}): Promise<ResendEmulator> {
  const { latencyMs = 0, keepsBodies = true, now = () => new Date() } = options
  const requests: RecordedRequest[] = []
  const mails: AcceptedMail[] = []
  const faults = startFaults()
  const state: ApiState = {
    apiKey: options.apiKey ?? null,
    rules: { refuse: options.refuse ?? refuseOneDomain, verifiedDomains: options.verifiedDomains ?? null },
    keys: startKeys({ now }),
    rateLimit: startRateLimit({
      perSecond: options.perSecond ?? 10,
      isEnforced: options.isRateEnforced ?? false,
      now,
    }),
    accept: (more) =>
      mails.push(...more.map((mail) => (keepsBodies ? mail : { ...mail, html: null, text: null }))),
    now,
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const call = await readCall(request)
    const control = answerControl({ call, requests, mails, faults })
    if (control) return sendAnswer(response, control)
    // Whether anything answers here is asked so; it is no call of the API.
    if (call.method === 'HEAD') return sendAnswer(response, { status: 200, body: null })
    const record = recordCall({ call, at: now() })
    requests.push(record)
    await answerCall({ state, call, record, response, fault: faults.take(), latencyMs })
  }
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    mails,
    failNext: faults.failNext,
    failEvery: faults.failEvery,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
