/** Why the demo cannot go on, in words for whoever started it. */
export class DemoError extends Error {
  readonly code = 'demo_failed'
  constructor(message: string) {
    super(message)
    this.name = 'DemoError'
  }
}
