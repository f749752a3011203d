/** Extensions that draw, by their label (GIF89a, 24 to 26), and applications that tell how often to play and which colours. */
const GRAPHIC_CONTROL = 0xf9
const PLAIN_TEXT = 0x01
const APPLICATION = 0xff
const OF_PICTURE = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']

/**
 * A GIF without comments, XMP, other applications' data or bytes after its end. No pixel and no time of a frame changes.
 * @returns null for what is not built as a GIF is.
 */
export function bareGif(file: Buffer): Buffer | null {
  if (!/^GIF8[79]a$/.test(file.toString('latin1', 0, 6)) || file.length < 13) return null
  let at = 13 + colourTable(file[10] ?? 0)
  const kept: Buffer[] = [file.subarray(0, at)]
  while (at < file.length) {
    const start = at
    const kind = file[at]
    if (kind === 0x3b) return Buffer.concat([...kept, file.subarray(at, at + 1)])
    if (kind === 0x2c) at = endOfBlocks(file, at + 11 + colourTable(file[at + 9] ?? 0))
    else if (kind === 0x21) at = endOfBlocks(file, at + 2)
    else return null
    if (at > file.length) return null
    if (kind === 0x2c || draws(file.subarray(start, at))) kept.push(file.subarray(start, at))
  }
  return null
}

/** The bytes of the table of colours that a descriptor tells of. */
const colourTable = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** Past the empty block that ends a row of blocks. */
function endOfBlocks(file: Buffer, from: number): number {
  let at = from
  while (at < file.length) {
    const size = file[at] ?? 0
    at += size + 1
    if (size === 0) return at
  }
  return file.length + 1
}

function draws(extension: Buffer): boolean {
  const label = extension[1]
  if (label === GRAPHIC_CONTROL || label === PLAIN_TEXT) return true
  return label === APPLICATION && OF_PICTURE.includes(extension.toString('latin1', 3, 14))
}
