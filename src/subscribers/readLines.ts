import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { SubscriberFileError } from './SubscriberFileError.ts'

export interface Line {
  /** From 1, as a text editor counts. */
  number: number
  text: string
}

/** A line that is longer is no subscriber; the limit keeps a file without line breaks out of memory. */
const MAX_LINE_BYTES = 64 * 1024
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/**
 * The lines of a UTF-8 file, without their line breaks (LF, CRLF or CR) and without a byte order mark. Memory stays
 * constant however long the file is.
 * @throws SubscriberFileError when it cannot be read, is not UTF-8 text, or has a line of more than 64 KB.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const count = { lines: 0 }
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of readChunks(path)) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = endOfLines(bytes)
    yield* linesOf({ bytes: bytes.subarray(0, end), count })
    rest = bytes.subarray(end)
    if (rest.length > MAX_LINE_BYTES) throw unreadableLine({ bytes: rest, number: count.lines + 1 })
  }
  yield* linesOf({ bytes: rest, count })
}

/** After the last line break. A carriage return at the very end may be the first half of one. */
const endOfLines = (bytes: Buffer): number =>
  Math.max(
    bytes.lastIndexOf(LINE_FEED),
    bytes.length < 2 ? -1 : bytes.lastIndexOf(CARRIAGE_RETURN, bytes.length - 2),
  ) + 1

async function* readChunks(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: MAX_LINE_BYTES })) yield chunk as Buffer
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new SubscriberFileError('is not there', { cause: error })
    if (code === 'EISDIR') throw new SubscriberFileError('is a folder, not a file', { cause: error })
    if (code === 'EACCES') throw new SubscriberFileError('may not be read by this user', { cause: error })
    throw error
  }
}

function* linesOf({ bytes, count }: { bytes: Buffer; count: { lines: number } }): Generator<Line> {
  if (bytes.length === 0) return
  if (!isUtf8(bytes) || bytes.includes(0)) throw firstUnreadable({ bytes, linesBefore: count.lines })
  const text = bytes.toString('utf8')
  const lines = (count.lines === 0 ? text.replace(/^\uFEFF/, '') : text).split(/\r\n|\n|\r/)
  // What follows the last line break is not a line.
  if (lines.at(-1) === '') lines.pop()
  for (const line of lines) yield { number: ++count.lines, text: line }
}

function firstUnreadable({
  bytes,
  linesBefore,
}: {
  bytes: Buffer
  linesBefore: number
}): SubscriberFileError {
  let start = 0
  for (let number = linesBefore + 1; ; number++) {
    const line = bytes.subarray(start, endOfLine(bytes, start))
    if (!isUtf8(line) || line.includes(0)) return unreadableLine({ bytes: line, number })
    start += line.length
  }
}

function endOfLine(bytes: Buffer, start: number): number {
  const breaks = [LINE_FEED, CARRIAGE_RETURN]
    .map((sign) => bytes.indexOf(sign, start))
    .filter((at) => at >= 0)
  if (breaks.length === 0) return bytes.length
  const at = Math.min(...breaks)
  return bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : at + 1
}

function unreadableLine({ bytes, number }: { bytes: Buffer; number: number }): SubscriberFileError {
  const isMarkedUtf16 =
    number === 1 && ['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex').toLowerCase())
  if (isMarkedUtf16 || bytes.includes(0))
    return new SubscriberFileError(`is UTF-16 or not a text at all. ${SAVE_AS_UTF8}`)
  if (!isUtf8(bytes)) return new SubscriberFileError(`is not UTF-8: see line ${number}. ${SAVE_AS_UTF8}`)
  return new SubscriberFileError(
    `is not a list of subscribers: line ${number} is longer than ${MAX_LINE_BYTES / 1024} KB`,
  )
}

const SAVE_AS_UTF8 = 'Save it as “CSV UTF-8” and try again'
