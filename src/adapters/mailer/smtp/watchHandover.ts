import type { Transporter } from 'nodemailer'

export interface Handover {
  /** Names the send that is watched; aborted when it takes too long. */
  signal: AbortSignal
  /** Whether a byte of the message has gone out: only then may the server have it. */
  hasBegun: () => boolean
  /** The send has ended. */
  end: () => void
}

interface Limits {
  /** Until the message begins to go out. */
  timeoutMs: number
  /** From then on. */
  finalAnswerMs: number
}

interface Watched {
  streams: { readableDidRead: boolean }[]
  began: () => void
}

/**
 * Makes a transporter tell how far a send has come, which its errors do not say: a connection lost before the message is
 * one thing, lost after it another. A message that has begun to go out never does so again: nodemailer's pool tries again
 * when a connection that lay idle turns out to be closed, and only then.
 */
export function watchHandover<Info>(transporter: Transporter<Info>): (limits: Limits) => Handover {
  const watched = new WeakMap<AbortSignal, Watched>()
  transporter.use('stream', ({ data: { signal }, message }, done) => {
    const watch = signal && watched.get(signal)
    const streams = watch?.streams ?? []
    const createReadStream = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = createReadStream(options)
      if (streams.some(hasBegun)) stream.destroy(new Error('This message has begun to go out before.'))
      streams.push(stream)
      // Listening for data would start it: it flows when the server has asked for the message.
      stream.once('resume', () => watch?.began())
      return stream
    }
    done()
  })
  return ({ timeoutMs, finalAnswerMs }) => {
    const controller = new AbortController()
    const abortAfter = (ms: number) => setTimeout(() => controller.abort(), ms)
    let timer = abortAfter(timeoutMs)
    const streams: Watched['streams'] = []
    let isOver = false
    const began = () => {
      clearTimeout(timer)
      if (!isOver) timer = abortAfter(finalAnswerMs)
    }
    const end = () => {
      isOver = true
      clearTimeout(timer)
    }
    watched.set(controller.signal, { streams, began })
    return { signal: controller.signal, hasBegun: () => streams.some(hasBegun), end }
  }
}

const hasBegun = ({ readableDidRead }: { readableDidRead: boolean }) => readableDidRead
