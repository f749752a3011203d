import { createTransport, type NodemailerError } from 'nodemailer'
import type { Outcome } from '../../../newsletter/model.ts'
import type { Mailer } from '../../../newsletter/ports.ts'
import { composeMail } from '../composeMail.ts'
import { classifyFailure } from './classifyFailure.ts'
import type { ReplyMeaning } from './classifyReply.ts'
import { watchHandover } from './watchHandover.ts'

const TIMEOUT_MS = 30_000
/** How many mails are handed over at once: as many may be in doubt when a process dies. */
const CALLS = 4
/** One more, for a forgotten password. */
const CONNECTIONS = CALLS + 1
/** How often a mailbox may say that it cannot just now, before it counts as a refusal. */
const MAILBOX_TRIES = 3

/**
 * Any SMTP server, over a pool of connections. SMTP knows no key for a call: whatever was in flight when a process died
 * becomes uncertain. So one call is one mail. Then at most one mail per connection is ever in doubt, and every outcome is
 * exact: with two in a call, the one after a lost connection would be neither submitted nor free to be tried again. It
 * costs a batch row per recipient, which is little beside the round trips of an SMTP transaction.
 *
 * What is *not* guaranteed: that a mailbox which cannot take mail for longer than a few seconds gets it. A server that
 * queues, as every submission server does, takes the mail at once and tries for days.
 */
export function smtpMailer({ url, timeoutMs = TIMEOUT_MS }: { url: string; timeoutMs?: number }): Mailer {
  const transporter = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: Math.min(10_000, timeoutMs),
    greetingTimeout: Math.min(10_000, timeoutMs),
    socketTimeout: timeoutMs,
  })
  const watch = watchHandover(transporter)
  const busyMailboxes = startCount()

  const send: Mailer['send'] = async ({ key, mails: [mail, ...others] }): Promise<Outcome> => {
    if (!mail || others.length > 0) throw new TypeError('The SMTP mailer takes one mail a call.')
    const handover = watch(AbortSignal.timeout(timeoutMs))
    const envelope = { from: mail.from.email, to: [mail.to.email] }
    const meaning = await transporter
      .sendMail({ ...composeMail(mail), envelope, xMailer: false, signal: handover.signal })
      .then(
        ({ serverMessageId = null }): ReplyMeaning => ({
          kind: 'answered',
          results: [{ kind: 'accepted', providerId: serverMessageId }],
        }),
        (failure: NodemailerError) => classifyFailure({ failure, hasBegun: handover.hasBegun() }),
      )
    // The key changes with each try that was not taken; the mail's own id does not.
    return busyMailboxes.settle({ mailId: mail.messageId ?? key, meaning })
  }

  return {
    name: 'smtp',
    account: 'smtp',
    batchSize: 1,
    repeatableMs: 0,
    connections: CALLS,
    limit: () => ({ kind: 'none' }),
    send,
    close: async () => transporter.close(),
  }
}

/**
 * Counts how often each mail met a mailbox that cannot just now. In memory alone: after a restart it counts anew, which
 * costs a few seconds and loses nothing.
 */
function startCount() {
  const tries = new Map<string, number>()
  return {
    settle: ({ mailId, meaning }: { mailId: string; meaning: ReplyMeaning }): Outcome => {
      if (meaning.kind !== 'recipient') {
        if (meaning.kind === 'answered') tries.delete(mailId)
        return meaning
      }
      const count = (tries.get(mailId) ?? 0) + 1
      if (count < MAILBOX_TRIES) {
        tries.set(mailId, count)
        return { kind: 'later', afterMs: null, problem: mailboxBusy }
      }
      tries.delete(mailId)
      return { kind: 'answered', results: [meaning.result] }
    },
  }
}

const mailboxBusy = {
  code: 'mailbox_busy',
  message: 'A recipient’s mailbox cannot take mail just now. It is tried again for a few seconds.',
}
