/**
 * MongoDB's wire protocol as far as a proxy needs it: where a message ends, and which command it is
 * (mongodb.com/docs/manual/reference/mongodb-wire-protocol). All numbers are little-endian.
 */
const HEADER_BYTES = 16
const OP_MSG = 2013

/** Gives each whole message, whatever the pieces are in which its bytes come. */
export function wholeMessages(give: (message: Buffer) => void): (bytes: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (bytes) => {
    rest = Buffer.concat([rest, bytes])
    for (let length = lengthOf(rest); length !== null && rest.length >= length; length = lengthOf(rest)) {
      const message = rest.subarray(0, length)
      rest = rest.subarray(length)
      give(message)
    }
  }
}

const lengthOf = (bytes: Buffer) => (bytes.length < 4 ? null : bytes.readInt32LE(0))

export const requestIdOf = (message: Buffer): number => message.readInt32LE(4)

export const responseToOf = (message: Buffer): number => message.readInt32LE(8)

/** How a driver opens a connection, keeps watch over a server and says goodbye: nothing that anybody asked for. */
const HOUSEKEEPING = ['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'killCursors', 'buildInfo']

/** The name of the command (the first element of its document); null when it is housekeeping. */
export function commandOf(message: Buffer): string | null {
  if (message.readInt32LE(12) !== OP_MSG) return null
  // After the header: flags (4), the kind of the section (1), the document's length (4), the element's type (1).
  const start = HEADER_BYTES + 10
  const command = message.toString('latin1', start, message.indexOf(0, start))
  return HOUSEKEEPING.includes(command) ? null : command
}
