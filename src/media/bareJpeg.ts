/** Bytes that begin a segment of application data; what follows says whose it is. */
const ICC = Buffer.from('ICC_PROFILE\0', 'latin1')
const JFIF = Buffer.from('JFIF\0', 'latin1')
const ADOBE = Buffer.from('Adobe', 'latin1')

const APP0 = 0xe0
const APP2 = 0xe2
const APP14 = 0xee
const COMMENT = 0xfe
const START_OF_SCAN = 0xda
const END = 0xd9

/**
 * A JPEG without anything but its picture: no EXIF, XMP, IPTC, comment, thumbnail, second picture or bytes after the end
 * (ITU-T T.81, annex B). The colour profile, the density and what a decoder needs are kept; no pixel changes.
 * @returns null for what is not built as a JPEG is.
 */
export function bareJpeg(file: Buffer): Buffer | null {
  if (file.readUInt16BE(0) !== 0xffd8) return null
  const kept: Buffer[] = [file.subarray(0, 2)]
  let at = 2
  while (at + 4 <= file.length) {
    // Any number of fill bytes may stand before a marker.
    while (file[at] === 0xff && file[at + 1] === 0xff) at += 1
    const marker = file[at + 1]
    if (file[at] !== 0xff || marker === undefined) return null
    const end = at + 2 + file.readUInt16BE(at + 2)
    if (end > file.length) return null
    const segment = file.subarray(at, end)
    if (isOfPicture({ marker, segment })) kept.push(withoutThumbnail({ marker, segment }))
    at = end
    if (marker !== START_OF_SCAN) continue
    const scanEnd = endOfScan(file, at)
    if (scanEnd === null) return null
    kept.push(file.subarray(at, scanEnd))
    at = scanEnd
    if (file[at + 1] === END) return Buffer.concat([...kept, file.subarray(at, at + 2)])
  }
  return null
}

/** The next marker that is neither a stuffed byte nor a restart. */
function endOfScan(file: Buffer, from: number): number | null {
  let at = file.indexOf(0xff, from)
  while (at !== -1 && at + 1 < file.length) {
    const marker = file[at + 1] ?? 0
    const isData = marker === 0x00 || (marker >= 0xd0 && marker <= 0xd7)
    if (!isData && marker !== 0xff) return at
    at = file.indexOf(0xff, isData ? at + 2 : at + 1)
  }
  return null
}

function isOfPicture({ marker, segment }: { marker: number; segment: Buffer }): boolean {
  const isData = marker >= APP0 && marker <= 0xef
  if (!isData) return marker !== COMMENT
  const body = segment.subarray(4)
  if (marker === APP0) return begins(body, JFIF)
  if (marker === APP2) return begins(body, ICC)
  return marker === APP14 && begins(body, ADOBE)
}

/** A JFIF header may end with a small picture of its own. */
function withoutThumbnail({ marker, segment }: { marker: number; segment: Buffer }): Buffer {
  const isPlain = marker !== APP0 || segment.length <= 18
  if (isPlain) return segment
  const header = Buffer.from(segment.subarray(0, 18))
  header.writeUInt16BE(16, 2)
  header.writeUInt16BE(0, 16)
  return header
}

const begins = (body: Buffer, name: Buffer) => body.subarray(0, name.length).equals(name)
