import { open } from 'node:fs/promises'

const PIECE = 4_096
const LONGEST = 65_536
const END = Buffer.from('\r\n\r\n')

/**
 * The header section of a mail file, without reading its body; null when the file ends before its headers do.
 * @throws what the file system says when the file cannot be read.
 */
export async function readHeaderBlock(path: string): Promise<Buffer | null> {
  const file = await open(path, 'r')
  try {
    let read = Buffer.alloc(0)
    while (read.length < LONGEST) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE), 0, PIECE, read.length)
      if (bytesRead === 0) return null
      read = Buffer.concat([read, buffer.subarray(0, bytesRead)])
      const end = read.indexOf(END)
      if (end >= 0) return read.subarray(0, end + END.length)
    }
    return null
  } finally {
    await file.close()
  }
}
