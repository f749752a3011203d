/** The file as a whole cannot be imported; the message says why and what to do. Nothing was imported then. */
export class SubscriberFileError extends Error {
  readonly code = 'subscriber_file_invalid'
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options)
    this.name = 'SubscriberFileError'
  }
}
