export interface Steps {
  /** Shows a step while it runs, and then that it is done, in its own words; or that it failed. */
  run: <Result>(text: string, step: Step<Result>) => Promise<Result>
}

/** May say how far it is. */
type Step<Result> = (update: (text: string) => void) => Promise<{ result: Result; done: string }>

/** A list of steps; the one that is going on changes in place on a terminal. */
export function showSteps(stream: NodeJS.WriteStream): Steps {
  const paint = (color: number, text: string) => (stream.isTTY ? `\u001b[${color}m${text}\u001b[0m` : text)
  const write = (text: string) => stream.write(stream.isTTY ? `\r\u001b[K${text}` : text)
  const show = (text: string) => write(`  ${paint(2, '…')} ${text}${stream.isTTY ? '' : '\n'}`)
  return {
    run: async (text, step) => {
      show(text)
      try {
        const { result, done } = await step(show)
        write(`  ${paint(32, '✓')} ${done}\n`)
        return result
      } catch (error) {
        write(`  ${paint(31, '✗')} ${text}\n`)
        throw error
      }
    },
  }
}
