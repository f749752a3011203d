import type { MailResult, Outcome } from '../../../newsletter/model.ts'
import { withoutSecrets } from '../withoutSecrets.ts'
import {
  busy,
  comeLater,
  loginRefused,
  notSecure,
  quotaUsed,
  relayRefused,
  senderRefused,
  serverRefuses,
} from './problems.ts'

/** A refusing reply of the server, and the command that it answers. */
export interface Reply {
  /** 400-599 */
  status: number
  text: string
  command: string
}

/** The server ends the session, whatever the command was (RFC 5321, 3.8). */
const CLOSING = 421

/**
 * What a refusal means. It is explicit, so the mail was surely not taken (RFC 5321, 4.2.1). What concerns us is mended and
 * tried again; what comes after RCPT TO or DATA concerns one recipient, and must not stop the others.
 */
export function classifyReply({ status, text, command }: Reply): Outcome {
  const enhanced = enhancedStatus(text)
  const shown = enhanced ? `${status} ${enhanced}` : String(status)
  if (command.startsWith('AUTH') || status === 530 || status === 535)
    return status < 500
      ? { kind: 'later', afterMs: null, problem: busy(shown) }
      : { kind: 'refused', problem: loginRefused(shown) }
  if (command === 'STARTTLS' && status >= 500) return { kind: 'refused', problem: notSecure(shown) }
  if (status === CLOSING || (command !== 'RCPT TO' && command !== 'DATA'))
    return classifySession({ status, command, shown })
  if (status < 500) return { kind: 'postponed', problem: comeLater(wordsOf(text)) }
  if (/\brelay/i.test(text)) return { kind: 'refused', problem: relayRefused(shown) }
  if (enhanced === '5.4.5') return { kind: 'refused', problem: quotaUsed(shown) }
  return { kind: 'answered', results: [rejected({ status, enhanced, text })] }
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

function rejected({
  status,
  enhanced,
  text,
}: {
  status: number
  enhanced: string | null
  text: string
}): MailResult {
  const detail = wordsOf(text)
  if (isAboutMailbox(enhanced)) return { kind: 'rejected', code: `smtp_${status}`, detail }
  // Named in full, so that refusals for different reasons are told apart.
  const code = `smtp_${status}${enhanced ? `_${enhanced}` : ''}`
  return { kind: 'rejected', code, detail, isPolicy: true }
}

const wordsOf = (text: string) => withoutSecrets(text.replace(/\s+/g, ' '))

/** RFC 3463, such as 4.2.2. */
const enhancedStatus = (text: string) => /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null

/**
 * RFC 3463: x.1.x is about the address (but x.1.7 and x.1.8 about the sender's), x.2.x about the mailbox; the rest is about the
 * server, the content or us.
 */
const isAboutMailbox = (enhanced: string | null) =>
  enhanced !== null && /^\d\.[12]\./.test(enhanced) && !/^\d\.1\.[78]$/.test(enhanced)
