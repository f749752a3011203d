/** What draws the picture and says its colours: developers.google.com/speed/webp/docs/riff_container (RFC 9649, 2). */
const OF_PICTURE = ['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']

/** Bits of VP8X that say that EXIF and XMP follow. */
const EXIF_AND_XMP = 0x0c

/**
 * A WebP without EXIF, XMP, chunks that nobody knows or bytes after its end. No pixel changes.
 * @returns null for what is not built as a WebP is.
 */
export function bareWebp(file: Buffer): Buffer | null {
  const isWebp = file.toString('latin1', 0, 4) === 'RIFF' && file.toString('latin1', 8, 12) === 'WEBP'
  if (!isWebp || file.length < 20) return null
  const end = 8 + file.readUInt32LE(4)
  if (end > file.length) return null
  const kept: Buffer[] = []
  let at = 12
  while (at + 8 <= end) {
    const size = file.readUInt32LE(at + 4)
    const next = at + 8 + size + (size % 2)
    if (next > end) return null
    const chunk = file.subarray(at, next)
    const name = file.toString('latin1', at, at + 4)
    if (OF_PICTURE.includes(name)) kept.push(name === 'VP8X' ? withoutFlags(chunk) : chunk)
    at = next
  }
  const body = Buffer.concat(kept)
  const head = Buffer.from(file.subarray(0, 12))
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}

function withoutFlags(chunk: Buffer): Buffer {
  const bare = Buffer.from(chunk)
  bare[8] = (bare[8] ?? 0) & ~EXIF_AND_XMP
  return bare
}
