import { Readable } from 'node:stream'
import type { Answer, ApiCall } from '../model.ts'
import type { Emulation } from '../emulation.ts'
import { changeSettings } from '../settings.ts'
import { postEvent } from './postEvent.ts'
import { selectFrom } from './selectFrom.ts'

/** What drives the emulator from outside, under /_emulator/; null when the call is none of it. See README.md. */
export function answerControl({ call, emulation }: { call: ApiCall; emulation: Emulation }): Answer | null {
  const { faults, settings, calls, mails, webhooks } = emulation
  switch (`${call.method} ${call.path}`) {
    case 'GET /_emulator/counts':
      return call.query.has('addresses') ? streamAddresses(mails.addresses()) : ok(emulation.counts())
    case 'DELETE /_emulator/counts':
      emulation.countAnew()
      return ok(emulation.counts())
    case 'GET /_emulator/requests':
      return ok(selectFrom({ list: calls.requests, query: call.query }))
    case 'GET /_emulator/mails':
      return ok(selectFrom({ list: mails.mails, query: call.query }))
    case 'GET /_emulator/webhooks':
      return ok(selectFrom({ list: webhooks.log, query: call.query }))
    case 'POST /_emulator/webhooks':
      return answerChange({ mistake: postEvent({ body: call.body(), emulation }), body: {} })
    case 'GET /_emulator/faults':
      return ok(faults.plan())
    case 'POST /_emulator/faults':
    case 'PUT /_emulator/faults':
      return answerChange({ mistake: faults.read(call.body()), body: {} })
    case 'DELETE /_emulator/faults':
      faults.forget()
      return ok({})
    case 'GET /_emulator/settings':
      return ok(settings)
    case 'PATCH /_emulator/settings':
      return answerChange({
        mistake: changeSettings({ current: settings, body: call.body() }),
        body: settings,
      })
    case 'POST /_emulator/reset':
      emulation.reset()
      return ok({})
    default:
      return call.path.startsWith('/_emulator/') ? NOT_FOUND : null
  }
}

const ok = (body: object): Answer => ({ status: 200, body })
const NOT_FOUND: Answer = {
  status: 404,
  body: { message: 'The emulator has no such control; see its README.' },
}

const answerChange = ({ mistake, body }: { mistake: string | null; body: object }): Answer =>
  mistake === null ? ok(body) : { status: 422, body: { message: mistake } }

/** One line of JSON for each address: there may be a million. */
function streamAddresses(addresses: Iterable<[string, number]>): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8' },
    body: Readable.from(blocksOf(addresses)),
  }
}

function* blocksOf(addresses: Iterable<[string, number]>): Generator<string> {
  let block: string[] = []
  for (const [address, mails] of addresses) {
    block.push(`${JSON.stringify({ address, mails })}\n`)
    if (block.length < 1_000) continue
    yield block.join('')
    block = []
  }
  if (block.length > 0) yield block.join('')
}
