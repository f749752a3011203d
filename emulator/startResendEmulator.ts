import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerCall } from './api/answerCall.ts'
import { answerControl } from './control/answerControl.ts'
import { isForeign } from './control/isForeign.ts'
import { startEmulation, type Emulation } from './emulation.ts'
import type { Faults } from './faults/faults.ts'
import { readCall, sendAnswer } from './http.ts'
import type { AcceptedMail, RecordedRequest } from './model.ts'
import type { EmulatorOptions } from './options.ts'
import { answerPage } from './page/answerPage.ts'
import type { Settings } from './settings.ts'
import type { WebhookRecord } from './webhooks/webhookRecord.ts'

export type { EmulatorOptions } from './options.ts'

export interface ResendEmulator
  extends Pick<Faults, 'failNext' | 'failEvery' | 'failSome'>, Pick<Emulation, 'counts' | 'reset' | 'seed'> {
  /** http://127.0.0.1:<port>, for RESEND_BASE_URL */
  url: string
  /** Calls of the API, in order. */
  requests: readonly RecordedRequest[]
  /** E-mails that were taken, in order, once each. */
  mails: readonly AcceptedMail[]
  webhooks: readonly WebhookRecord[]
  /** Resolves when every webhook has been taken or given up. */
  webhooksSettled: () => Promise<void>
  /** Can be set at any time. */
  settings: Settings
  stop: () => Promise<void>
}

/**
 * Resend's sending API on 127.0.0.1, as far as its documentation tells: for tests, and for driving Utskick by hand. What
 * it cannot tell is how the real one behaves where the documentation is silent.
 */
export async function startResendEmulator(options: EmulatorOptions = {}): Promise<ResendEmulator> {
  const emulation = startEmulation(options)
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    respond({ emulation, request, response }).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const { faults, calls, mails, webhooks, settings, seed, counts, reset } = emulation
  return {
    url: `http://127.0.0.1:${port}`,
    requests: calls.requests,
    mails: mails.mails,
    webhooks: webhooks.log,
    webhooksSettled: webhooks.settled,
    failNext: faults.failNext,
    failEvery: faults.failEvery,
    failSome: faults.failSome,
    ...{ settings, seed, counts, reset },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      webhooks.forget()
      await closed
    },
  }
}

async function respond({
  emulation,
  request,
  response,
}: {
  emulation: Emulation
  request: IncomingMessage
  response: ServerResponse
}): Promise<void> {
  if (request.url?.startsWith('/emails')) emulation.calls.follow(response)
  const call = await readCall(request)
  // Whether anything answers here is asked so; it is no call of the API.
  if (call.method === 'HEAD') return sendAnswer(response, { status: 200, body: '' })
  if (!call.path.startsWith('/emails') && isForeign(call)) return sendAnswer(response, FOREIGN)
  const answer = answerPage({ call, emulation }) ?? answerControl({ call, emulation })
  if (answer) return sendAnswer(response, answer)
  const record = emulation.calls.begin(call)
  response.once('close', record.ended)
  await answerCall({ parts: emulation.answering, call, record, response })
}

const FOREIGN = { status: 403, body: { message: 'The emulator is for this machine only.' } }
