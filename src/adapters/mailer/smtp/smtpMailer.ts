import { createTransport, type NodemailerError } from 'nodemailer'
import type { Outcome } from '../../../newsletter/model.ts'
import type { Mailer } from '../../../newsletter/ports.ts'
import { composeMail } from '../composeMail.ts'
import { classifyFailure } from './classifyFailure.ts'
import { connectionTo, FINAL_ANSWER_MS, TIMEOUT_MS } from './connectionTo.ts'
import { watchHandover } from './watchHandover.ts'

/** How many mails are handed over at once: as many may be in doubt when a process dies. */
const CALLS = 4
/** One more, for a forgotten password. */
const CONNECTIONS = CALLS + 1

/**
 * Any SMTP server, over a pool of connections. SMTP knows no key for a call: whatever was in flight when a process died
 * becomes uncertain. So one call is one mail. Then at most one mail per connection is ever in doubt, and every outcome is
 * exact: with two in a call, the one after a lost connection would be neither submitted nor free to be tried again. It
 * costs a batch row per recipient, which is little beside the round trips of an SMTP transaction.
 * @param options.timeoutMs for each step before the message.
 * @param options.finalAnswerMs for the message and the answer to it.
 */
export function smtpMailer({
  url,
  timeoutMs = TIMEOUT_MS,
  finalAnswerMs = FINAL_ANSWER_MS,
}: {
  url: string
  timeoutMs?: number
  finalAnswerMs?: number
}): Mailer {
  const transporter = createTransport({
    ...connectionTo({ url, timeoutMs }),
    pool: true,
    maxConnections: CONNECTIONS,
    // The steps have their own limits: see watchHandover.
    socketTimeout: timeoutMs + finalAnswerMs,
  })
  const watch = watchHandover(transporter)

  const send: Mailer['send'] = async ({ mails: [mail, ...others] }): Promise<Outcome> => {
    if (!mail || others.length > 0) throw new TypeError('The SMTP mailer takes one mail a call.')
    const handover = watch({ timeoutMs, finalAnswerMs })
    const envelope = { from: mail.from.email, to: [mail.to.email] }
    try {
      const { serverMessageId = null } = await transporter.sendMail({
        ...composeMail(mail),
        ...{ envelope, xMailer: false, signal: handover.signal },
      })
      return { kind: 'answered', results: [{ kind: 'accepted', providerId: serverMessageId }] }
    } catch (error) {
      return classifyFailure({ failure: error as NodemailerError, hasBegun: handover.hasBegun() })
    } finally {
      handover.end()
    }
  }

  return {
    name: 'smtp',
    account: 'smtp',
    batchSize: 1,
    reportsEvents: false,
    repeatableMs: 0,
    connections: CALLS,
    limit: () => ({ kind: 'none' }),
    send,
    close: async () => transporter.close(),
  }
}
