import type { Readable } from 'node:stream'

/** The words of the emulator. */

/** One e-mail as the API takes it, checked as far as the emulator checks. */
export interface ResendEmail {
  from: string
  to: string[]
  cc: string[]
  bcc: string[]
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

/** A call to the API as it came in. */
export interface ApiCall {
  method: string
  path: string
  query: URLSearchParams
  /** In lower case. */
  headers: Record<string, string>
  bytes: Buffer
  /** The bytes as JSON, read once; undefined when they are none. */
  body: () => unknown
}

/** What is kept of a call to the API, whatever became of it. */
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
  /** The name of the error that was answered. */
  error: string | null
  /** The fault that it met, by name. */
  fault: string | null
  at: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  /** Text is sent as it is, and so is a stream; anything else as JSON. */
  body: string | Readable | object | null
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
      message?: string | undefined
      headers?: Record<string, string> | undefined
    }
  | { kind: 'drop'; when: 'before' | 'after' }
  | { kind: 'garbage'; when: 'before' | 'after' }
  /** Until the caller gives up; with `ms` for so long at most, then the connection is cut. */
  | { kind: 'hang'; when: 'before' | 'after'; ms?: number | undefined }
  | { kind: 'slow'; ms: number }
