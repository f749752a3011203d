import { randomBytes } from 'node:crypto'

/** 16 bytes: 128 bits, as 22 characters. */
const KEY_BYTES = 16
const LONGEST_STEM = 60

/** The longest title of a file, and of the block that shows it. */
export const LONGEST_TITLE = 120

/** The name under which an uploaded file is stored: `arsredovisning-<22 characters>.pdf`. */
export const newStoredName = (uploaded: string): string =>
  `${stemOf(uploaded)}-${randomBytes(KEY_BYTES).toString('base64url')}.pdf`

function stemOf(uploaded: string): string {
  const plain = withoutEnding(uploaded)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_STEM)
    .replace(/^-+|-+$/g, '')
  return plain || 'fil'
}

/** What a file is called until somebody gives it a title. */
export const titleOf = (uploaded: string): string =>
  withoutEnding(uploaded)
    .normalize('NFC')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, LONGEST_TITLE)
    .trim()

/** The name without its folders and its ending. */
const withoutEnding = (name: string): string => (name.split(/[/\\]/).at(-1) ?? '').replace(/\.pdf$/i, '')
