/** The words of the emulator. */

/** One e-mail as the API takes it, checked as far as the emulator checks. */
export interface ResendEmail {
  from: string
  to: string[]
  subject: string
  html: string | null
  text: string | null
  replyTo: string[]
  headers: Record<string, string>
  tags: { name: string; value: string }[]
}

/** An e-mail that was taken. */
export interface AcceptedMail extends ResendEmail {
  id: string
  /** The Idempotency-Key of the call that brought it. */
  key: string | null
  acceptedAt: string
}

/** A call to the API, whatever became of it. */
export interface RecordedRequest {
  method: string
  path: string
  /** In lower case, without the authorization. */
  headers: Record<string, string>
  key: string | null
  /** How many e-mails it held; 0 when it could not be read. */
  size: number
  /** What was answered; null while it is under way, and when the connection was dropped. */
  status: number | null
  at: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body: unknown
}

/**
 * What the next call meets. `before`: nothing of it is taken; `after`: it is taken, and its key remembered, but the caller
 * is told otherwise, or nothing.
 */
export type Fault =
  | {
      kind: 'error'
      when: 'before' | 'after'
      status: number
      name: string
      message?: string
      headers?: Record<string, string>
    }
  | { kind: 'drop'; when: 'before' | 'after' }
  | { kind: 'garbage'; when: 'before' | 'after' }
  | { kind: 'hang'; when: 'before' | 'after' }
  | { kind: 'slow'; ms: number }
