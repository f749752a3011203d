/** The web application could not be built; the message holds the build's own words. */
export class BuildError extends Error {
  readonly code = 'build_failed'
  constructor(message: string) {
    super(message)
    this.name = 'BuildError'
  }
}
