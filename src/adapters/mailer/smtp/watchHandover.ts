import type { Transporter } from 'nodemailer'

export interface Handover {
  /** Names the send that is watched. */
  signal: AbortSignal
  /** Whether a byte of the message has gone out: only then may the server have it. */
  hasBegun: () => boolean
}

/**
 * Makes a transporter tell how far a send has come, which its errors do not say: a connection lost before the message is
 * one thing, lost after it another. A message that has begun to go out never does so again: nodemailer's pool tries again
 * when a connection that lay idle turns out to be closed, and only then.
 */
export function watchHandover<Info>(transporter: Transporter<Info>): (signal: AbortSignal) => Handover {
  const begun = new WeakMap<AbortSignal, () => boolean>()
  transporter.use('stream', ({ data: { signal }, message }, done) => {
    const streams: { readableDidRead: boolean }[] = []
    const hasBegun = () => streams.some(({ readableDidRead }) => readableDidRead)
    const createReadStream = message.createReadStream.bind(message)
    message.createReadStream = (options) => {
      const stream = createReadStream(options)
      if (hasBegun()) stream.destroy(new Error('This message has begun to go out before.'))
      streams.push(stream)
      return stream
    }
    if (signal) begun.set(signal, hasBegun)
    done()
  })
  return (signal) => ({ signal, hasBegun: () => begun.get(signal)?.() ?? false })
}
