/** What `npm run cli -- <name>` does. */
export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** All of `--help` for this command. */
  help: string
  /** @returns the exit code. @throws UsageError */
  run: (args: string[]) => Promise<number>
}

/** The command was called wrongly: its help follows the message, and the exit code is 2. */
export class UsageError extends Error {
  readonly code = 'usage'
  constructor(message: string) {
    super(message)
    this.name = 'UsageError'
  }
}
