import { randomBytes } from 'node:crypto'
import type { AcceptedMail } from '../model.ts'
import { trimStart } from '../received/trimStart.ts'
import type { Settings } from '../settings.ts'
import { startCourier, type Delivery } from './courier.ts'
import { FATES, fateOf, type MailEvent } from './fates.ts'
import { startTimers } from './timers.ts'
import { webhookBody } from './webhookBody.ts'
import { noWebhooks, type WebhookCounts, type WebhookRecord } from './webhookRecord.ts'

export interface Webhooks {
  /** The webhooks that are kept, oldest first. */
  log: readonly WebhookRecord[]
  /** Posts the events that the mails' addresses ask for; nothing while there is nowhere to post to. */
  announce: (mails: readonly AcceptedMail[]) => void
  /** Posts one event of a mail. */
  post: (event: { mail: AcceptedMail; event: MailEvent }) => void
  counts: () => WebhookCounts
  /** Resolves when every webhook has been taken or given up. */
  settled: () => Promise<void>
  forget: () => void
}

/**
 * Posts webhooks as Resend does by way of Svix: signed, and again with the same svix-id after an answer that is not 2xx.
 * Those of one mail come in order unless the order is shuffled; those of different mails cross each other.
 */
export function startWebhooks({
  settings,
  secret,
  random,
  keeps,
  now,
}: {
  settings: Settings
  secret: string
  random: () => number
  keeps: number
  now: () => Date
}): Webhooks {
  const log: WebhookRecord[] = []
  const timers = startTimers()
  let counts = noWebhooks()
  let waiters: (() => void)[] = []

  const release = () => {
    waiters.forEach((resolve) => resolve())
    waiters = []
  }
  const hire = () =>
    startCourier({
      ...{ settings, secret, random, now },
      onPosted: () => void counts.posts++,
      onSettled: ({ delivery: { record }, isTaken }) => {
        if (isTaken) counts.taken++
        else counts.givenUp++
        record.copiesLeft--
        if (!isTaken) record.state = 'given-up'
        else if (record.copiesLeft === 0 && record.state === 'pending') record.state = 'taken'
        if (--counts.pending === 0) release()
      },
    })
  let courier = hire()

  const send = ({
    mails,
    eventsOf,
  }: {
    mails: readonly AcceptedMail[]
    eventsOf: (mail: AcceptedMail) => readonly MailEvent[]
  }) => {
    const { webhookUrl: url, webhookCopies: copies, webhookDelayMs } = settings
    if (url === null) return
    const chains = mails.map((mail) =>
      eventsOf(mail).flatMap((event): Delivery[] => {
        const record = recordOf({ mail, event, at: now(), copies })
        log.push(record)
        counts.events++
        return Array.from({ length: copies }, () => ({ record, url, attempts: 0 }))
      }),
    )
    counts.pending += chains.flat().length
    trimStart({ list: log, keeps })
    timers.start({ ms: webhookDelayMs, run: () => courier.enter(chains) })
  }
  return {
    log,
    announce: (mails) => send({ mails, eventsOf: (mail) => FATES[fateOf(mail.to)] }),
    post: ({ mail, event }) => send({ mails: [mail], eventsOf: () => [event] }),
    counts: () => ({ ...counts }),
    settled: async () => {
      if (counts.pending > 0) await new Promise<void>((resolve) => waiters.push(resolve))
    },
    forget: () => {
      courier.stop()
      timers.stop()
      courier = hire()
      log.length = 0
      counts = noWebhooks()
      release()
    },
  }
}

function recordOf({
  mail,
  event,
  at,
  copies,
}: {
  mail: AcceptedMail
  event: MailEvent
  at: Date
  copies: number
}): WebhookRecord {
  return {
    id: `msg_${randomBytes(20).toString('base64url').replace(/[-_]/g, '0')}`,
    type: event.type,
    emailId: mail.id,
    to: mail.to,
    body: webhookBody({ mail, event, at }),
    posts: [],
    copiesLeft: copies,
    state: 'pending',
    createdAt: at.toISOString(),
  }
}
