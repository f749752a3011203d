import iconv from 'iconv-lite'
import { readChunks, type Encoding } from './findEncoding.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

export interface Line {
  /** From 1, as a text editor counts. */
  number: number
  text: string
}

/** A line that is longer is no subscriber; the limit keeps a file without line breaks out of memory. */
const LONGEST_LINE = 64 * 1024

/**
 * The lines of a text file, without their line breaks (LF, CRLF or CR) and without a byte order mark. Memory stays
 * constant however long the file is.
 * @param file.encoding see findEncoding.
 * @throws SubscriberFileError when it cannot be read, or has a line of more than 64 KB.
 */
export async function* readLines({
  path,
  encoding,
}: {
  path: string
  encoding: Encoding
}): AsyncGenerator<Line> {
  const decoder = iconv.getDecoder(encoding)
  let number = 0
  let rest = ''
  for await (const chunk of readChunks(path)) {
    const text = rest + decoder.write(chunk)
    // A carriage return at the very end may be the first half of a line break.
    const isHalf = text.endsWith('\r')
    const lines = (isHalf ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + (isHalf ? '\r' : '')
    for (const line of lines) yield toLine({ number: ++number, text: line })
    if (rest.length > LONGEST_LINE) throw tooLong(number + 1)
  }
  const lines = (rest + (decoder.end() ?? '')).split(/\r\n|\n|\r/)
  // What follows the last line break is not a line.
  if (lines.at(-1) === '') lines.pop()
  for (const line of lines) yield toLine({ number: ++number, text: line })
}

function toLine({ number, text }: Line): Line {
  if (text.length > LONGEST_LINE) throw tooLong(number)
  return { number, text }
}

const tooLong = (number: number) =>
  new SubscriberFileError({
    en: `is not a list of subscribers: line ${number} is longer than ${LONGEST_LINE / 1024} KB`,
    sv: `är ingen lista över prenumeranter: rad ${number} är längre än ${LONGEST_LINE / 1024} kB`,
  })
