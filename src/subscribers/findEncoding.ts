import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** As iconv-lite calls them. */
export type Encoding = 'utf8' | 'utf16le' | 'utf16-be' | 'win1252' | 'macroman'

/** As people call them. */
export const ENCODING_NAMES: Record<Encoding, string> = {
  utf8: 'UTF-8',
  utf16le: 'UTF-16',
  'utf16-be': 'UTF-16',
  win1252: 'Windows-1252',
  macroman: 'Mac OS Roman',
}

const CHUNK_BYTES = 64 * 1024

/**
 * The encoding of a text file. UTF-16 is told by its mark or its zero bytes. What is not UTF-8 anywhere in the file is
 * Windows-1252, or Mac OS Roman when its letters are those of Swedish and its neighbours there.
 * @param isBeginning whether the file may end in the middle of a character.
 * @throws SubscriberFileError when it cannot be read, is a workbook, is no text, or is UTF-8 with broken characters.
 */
export async function findEncoding({
  path,
  isBeginning = false,
}: {
  path: string
  isBeginning?: boolean
}): Promise<Encoding> {
  const head = await readHead(path)
  refuseWorkbook(head)
  const utf16 = utf16Of(head)
  if (utf16) return utf16
  const { isWhole, hasZero } = await lookForUtf8({ path, isBeginning })
  if (hasZero) throw new SubscriberFileError(NO_TEXT)
  return isWhole ? 'utf8' : oneByteEncoding(path)
}

export async function* readChunks(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield chunk as Buffer
  } catch (error) {
    const words = UNREADABLE[(error as NodeJS.ErrnoException).code ?? '']
    throw words ? new SubscriberFileError(words, { cause: error }) : error
  }
}

const UNREADABLE: Record<string, { en: string; sv: string } | undefined> = {
  ENOENT: { en: 'is not there', sv: 'finns inte' },
  EISDIR: { en: 'is a folder, not a file', sv: 'är en mapp, inte en fil' },
  EACCES: { en: 'may not be read by this user', sv: 'får inte läsas av den här användaren' },
}

const NO_TEXT = {
  en: 'is not a text at all. Save it as CSV and try again',
  sv: 'är ingen textfil. Spara den som CSV och försök igen',
}

async function readHead(path: string): Promise<Buffer> {
  for await (const chunk of readChunks(path)) return chunk
  return Buffer.alloc(0)
}

/** The first bytes of a ZIP file, which .xlsx, .ods and .numbers are as well, and of an old workbook (.xls). */
const [ZIP, OLD_WORKBOOK] = ['504b0304', 'd0cf11e0']

/** @throws SubscriberFileError for a workbook, and for a ZIP of files, as Mailchimp exports an audience. */
function refuseWorkbook(head: Buffer): void {
  const start = head.subarray(0, 4).toString('hex')
  if (start !== ZIP && start !== OLD_WORKBOOK) return
  const firstFile = head.length > 30 ? head.subarray(30, 30 + head.readUInt16LE(26)).toString() : ''
  if (start === ZIP && /\.(?:csv|txt|tsv)$/i.test(firstFile))
    throw new SubscriberFileError({
      en: 'is a ZIP file. Unpack it, and import the CSV files in it one by one, under the names that they have',
      sv: 'är en ZIP-fil. Packa upp den och importera CSV-filerna i den en i taget, med de namn de har',
    })
  throw new SubscriberFileError({
    en: 'is a workbook (such as .xlsx), not CSV. Open it, choose “Save as”, then “CSV UTF-8”, and try again',
    sv: 'är en arbetsbok (t.ex. .xlsx), inte CSV. Öppna den, välj ”Spara som”, sedan ”CSV UTF-8”, och försök igen',
  })
}

function utf16Of(head: Buffer): Encoding | null {
  const mark = head.subarray(0, 2).toString('hex')
  if (mark === 'fffe') return 'utf16le'
  if (mark === 'feff') return 'utf16-be'
  // The header of a list of people is mostly ASCII: every other byte of it is zero.
  const bytes = head.subarray(0, 200)
  const zeros = [0, 0]
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2]! += 1
  })
  const [even = 0, odd = 0] = zeros
  if (odd > bytes.length / 4 && even === 0) return 'utf16le'
  return even > bytes.length / 4 && odd === 0 ? 'utf16-be' : null
}

async function lookForUtf8({ path, isBeginning }: { path: string; isBeginning: boolean }) {
  let rest: Buffer = Buffer.alloc(0)
  let hasZero = false
  for await (const chunk of readChunks(path)) {
    hasZero ||= chunk.includes(0)
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    const end = bytes.length - openBytes(bytes)
    if (!isUtf8(bytes.subarray(0, end))) return { isWhole: false, hasZero }
    rest = bytes.subarray(end)
  }
  return { isWhole: rest.length === 0 || isBeginning, hasZero }
}

/** How many bytes at the end belong to a character that goes on. */
function openBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return charLength(byte) > back ? back : 0
    if (byte < 0x80) return 0
  }
  return 0
}

const charLength = (firstByte: number) => (firstByte >= 0xf0 ? 4 : firstByte >= 0xe0 ? 3 : 2)

/** å ä ö Å Ä Ö é ü æ ø in either encoding; no letter of one is a letter of the other. */
const WINDOWS = Buffer.from('e5e4f6c5c4d6e9fce6f8', 'hex')
const MAC = Buffer.from('8c8a9a8180858e9fbebf', 'hex')

/** @throws SubscriberFileError when most of what is not ASCII is UTF-8: the file is damaged, and as anything else it would be garbled. */
async function oneByteEncoding(path: string): Promise<Encoding> {
  const found = { utf8: 0, broken: 0, windows: 0, mac: 0, line: 1, brokenLine: 0 }
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of readChunks(path)) {
    const bytes = Buffer.concat([rest, chunk])
    const end = bytes.length - openBytes(bytes)
    countCharacters({ bytes: bytes.subarray(0, end), found })
    rest = bytes.subarray(end)
  }
  // A lone first byte of å, ä, ö or é in UTF-8: the file was cut there. In Windows-1252 it is Ã, which ends no word.
  const isCut = found.broken === 0 && rest[0] === 0xc3
  countCharacters({ bytes: rest, found })
  if (isCut || found.utf8 >= Math.max(found.broken, 1))
    throw new SubscriberFileError({
      en: `is UTF-8 with broken characters: see line ${found.brokenLine}. Save it as “CSV UTF-8” and try again`,
      sv: `är UTF-8 med trasiga tecken: se rad ${found.brokenLine}. Spara den som ”CSV UTF-8” och försök igen`,
    })
  return found.mac > found.windows ? 'macroman' : 'win1252'
}

interface Characters {
  utf8: number
  broken: number
  windows: number
  mac: number
  line: number
  /** Of the first broken one. */
  brokenLine: number
}

function countCharacters({ bytes, found }: { bytes: Buffer; found: Characters }): void {
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0
    const character = bytes.subarray(at, at + (byte < 0x80 ? 1 : charLength(byte)))
    if (byte === 0x0a || (byte === 0x0d && bytes[at + 1] !== 0x0a)) found.line += 1
    if (isUtf8(character)) {
      if (byte >= 0x80) found.utf8 += 1
      at += character.length
      continue
    }
    found.broken += 1
    found.brokenLine ||= found.line
    if (WINDOWS.includes(byte)) found.windows += 1
    if (MAC.includes(byte)) found.mac += 1
    at += 1
  }
}
