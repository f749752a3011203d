/** A terminal, or what its output goes to instead. */
export type Terminal = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>

export interface Progress {
  /** A line of its own, above the progress. */
  print: (line: string) => void
  update: (state: { done: number; of: number; what: string }) => void
  end: () => void
}

/** Where nobody watches (a log, a pipe), a line each time that so much has been done. */
const LOG_EVERY = 100_000

/** How far something long has come: one line that changes on a terminal, now and then a line elsewhere. */
export function showProgress(stream: Terminal): Progress {
  let shown = ''
  let logged = 0
  const clear = () => {
    if (shown !== '') stream.write('\r\u001b[K')
    shown = ''
  }
  return {
    print: (line) => {
      clear()
      stream.write(`${line}\n`)
    },
    update: ({ done, of, what }) => {
      const text = `${done.toLocaleString('en')} of ${of.toLocaleString('en')} ${what}`
      if (stream.isTTY) {
        clear()
        shown = text
        stream.write(text)
      } else if (done - logged >= LOG_EVERY) {
        logged = done
        stream.write(`${text}\n`)
      }
    },
    end: clear,
  }
}
