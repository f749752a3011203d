import type { MailResult, Outcome } from '../../../newsletter/model.ts'
import { withoutSecrets } from '../withoutSecrets.ts'
import { busy, loginRefused, quotaUsed, relayRefused, senderRefused, serverRefuses } from './problems.ts'

/** A refusing reply of the server, and the command that it answers. */
export interface Reply {
  /** 400-599 */
  status: number
  text: string
  command: string
}

/** `recipient`: what is wrong is this mailbox alone, and may pass. */
export type ReplyMeaning = Outcome | { kind: 'recipient'; result: MailResult }

/**
 * What a refusal means. It is explicit, so the mail was surely not taken (RFC 5321, 4.2.1). What concerns us is mended and
 * tried again; what concerns one recipient must not stop the others.
 */
export function classifyReply({ status, text, command }: Reply): ReplyMeaning {
  const enhanced = enhancedStatus(text)
  const shown = enhanced ? `${status} ${enhanced}` : String(status)
  if (command.startsWith('AUTH') || status === 530 || status === 535)
    return status < 500
      ? { kind: 'later', afterMs: null, problem: busy(shown) }
      : { kind: 'refused', problem: loginRefused(shown) }
  if (command !== 'RCPT TO' && command !== 'DATA') return classifySession({ status, command, shown })
  if (status < 500)
    return isAboutMailbox(enhanced)
      ? { kind: 'recipient', result: rejected({ status, text }) }
      : { kind: 'later', afterMs: null, problem: busy(shown) }
  if (/\brelay/i.test(text)) return { kind: 'refused', problem: relayRefused(shown) }
  if (enhanced === '5.4.5') return { kind: 'refused', problem: quotaUsed(shown) }
  return { kind: 'answered', results: [rejected({ status, text })] }
}

function classifySession({
  status,
  command,
  shown,
}: {
  status: number
  command: string
  shown: string
}): Outcome {
  if (status < 500) return { kind: 'later', afterMs: null, problem: busy(shown) }
  const problem = command === 'MAIL FROM' ? senderRefused(shown) : serverRefuses(shown)
  return { kind: 'refused', problem }
}

const rejected = ({ status, text }: { status: number; text: string }): MailResult => ({
  kind: 'rejected',
  code: `smtp_${status}`,
  detail: withoutSecrets(text.replace(/\s+/g, ' ')),
})

/** RFC 3463, such as 4.2.2. */
const enhancedStatus = (text: string) => /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null

/** RFC 3463: x.1.x is about the address, x.2.x about the mailbox; the rest is about the server or about us. */
const isAboutMailbox = (enhanced: string | null) => enhanced !== null && /^\d\.[12]\./.test(enhanced)
