import type { Question } from './problems.ts'

export type FileWords = Record<'sv' | 'en', string>

/**
 * The file as a whole cannot be imported; the message says why and what to do, as the rest of a sentence that begins with
 * the file. Nothing was imported then.
 */
export class SubscriberFileError extends Error {
  readonly code: string = 'subscriber_file_invalid'
  /** In the languages of the admin; `message` is the English one. */
  readonly words: FileWords
  /** What somebody must answer before the file can be imported. */
  readonly questions: readonly Question[]
  constructor(words: FileWords, options: { cause?: unknown; questions?: readonly Question[] } = {}) {
    super(words.en, { cause: options.cause })
    this.name = 'SubscriberFileError'
    this.words = words
    this.questions = options.questions ?? []
    if (this.questions.length > 0) this.code = 'status_unclear'
  }
}
