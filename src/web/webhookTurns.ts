import type { ServerResponse } from 'node:http'
import { codeOf } from '../codeOf.ts'
import { LEFT_QUEUE, QUEUE_IS_FULL, takeTurns } from '../limits/takeTurns.ts'
import type { Handler } from './createWebServer.ts'
import { WEBHOOKS_BUSY } from './problems.ts'
import { refuse } from './refuse.ts'
import { pathOf } from './screenRequest.ts'
import { answerShortly, shortWay } from './shortWay.ts'

export interface WebhookBounds {
  /** So many are handled at the same time, and written together: readers and editors wait behind no more. */
  atOnce: number
  /** So many wait for their turn, a second or so; the provider posts the others again. */
  waiting: number
}

export const WEBHOOK_BOUNDS: WebhookBounds = { atOnce: 50, waiting: 500 }

/**
 * Lets webhooks in by turns: a provider may post those of a whole mailing at once. A webhook takes its place when its
 * body has come in, so that a slow caller holds none. Beyond the bounds 503, with the time to wait.
 */
export function withWebhookTurns(handle: Handler, { atOnce, waiting }: WebhookBounds): Handler {
  const turns = takeTurns({ atOnce, waiting: { ofOne: waiting, ofAll: waiting } })
  let inside = 0
  return async (request, response) => {
    const { method, url = '' } = request
    if (method !== 'POST' || !isWebhook(pathOf(url))) return handle(request, response)
    inside += 1
    // Connections are bounded too, and one that stays open would keep a reader out.
    if (inside > atOnce) response.shouldKeepAlive = false
    try {
      const run = () => {
        const take = pathOf(url) === RESEND ? shortWay() : null
        return take ? answerShortly({ take, request, response }) : handle(request, response)
      }
      await turns.take({ who: 'providers', run, leave: whenGone(response) })
    } catch (error) {
      const code = codeOf(error)
      if (code === QUEUE_IS_FULL) return refuse({ request, response, problem: WEBHOOKS_BUSY })
      if (code !== LEFT_QUEUE) throw error
    } finally {
      inside -= 1
    }
  }
}

const RESEND = '/api/webhooks/resend'

const isWebhook = (path: string): boolean => /^\/api\/+webhooks\//.test(path)

function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}
