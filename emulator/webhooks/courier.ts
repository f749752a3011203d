import type { Settings } from '../settings.ts'
import { postWebhook } from './postWebhook.ts'
import { startTimers } from './timers.ts'
import { startLine } from './waitingLine.ts'
import type { WebhookRecord } from './webhookRecord.ts'

/** Posts under way at once. */
const MOST_AT_ONCE = 10

/** One copy of a webhook on its way. */
export interface Delivery {
  record: WebhookRecord
  url: string
  attempts: number
}

export interface Courier {
  /** Takes chains of webhooks; those of one chain are posted one after the other, unless the order is shuffled. */
  enter: (chains: readonly Delivery[][]) => void
  stop: () => void
}

/** Posts webhooks, and posts again what was not answered 2xx. */
export function startCourier({
  settings,
  secret,
  random,
  now,
  onPosted,
  onSettled,
}: {
  settings: Settings
  secret: string
  random: () => number
  now: () => Date
  onPosted: () => void
  /** Called once for every delivery: taken, or given up. */
  onSettled: (settled: { delivery: Delivery; isTaken: boolean }) => void
}): Courier {
  const line = startLine<Delivery[]>({ isShuffled: () => settings.isWebhookOrderShuffled, random })
  const timers = startTimers()
  let active = 0
  let isStopped = false

  const attempt = async (delivery: Delivery) => {
    const { record, url } = delivery
    const isTaken = await postWebhook({ url, secret, record, at: now() })
    if (isStopped) return
    onPosted()
    const backoffMs = settings.webhookBackoffMs[delivery.attempts++]
    if (isTaken || backoffMs === undefined) return onSettled({ delivery, isTaken })
    timers.start({ ms: backoffMs, run: () => enter([[delivery]]) })
  }
  const work = async () => {
    active++
    try {
      for (let chain = line.take(); chain; chain = line.take())
        for (const delivery of chain) if (!isStopped) await attempt(delivery)
    } finally {
      active--
    }
  }
  const enter = (chains: readonly Delivery[][]) => {
    const isShuffled = settings.isWebhookOrderShuffled
    line.add(isShuffled ? chains.flat().map((delivery) => [delivery]) : chains)
    for (let free = MOST_AT_ONCE - active; free > 0; free--) void work()
  }
  return {
    enter,
    stop: () => {
      isStopped = true
      line.clear()
      timers.stop()
    },
  }
}
