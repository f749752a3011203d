import type { FileFacts, FileRows } from '../../files/ports.ts'
import { isNode, stringOf, type StoredNode } from '../node.ts'

/** Deeper than any editor nests: cleanWritten leaves out what is below. */
const DEEPEST = 300

/** A text whose file blocks say what the server knows of their files, whatever somebody has sent. */
export async function writeFileFacts(value: unknown, files: FileRows): Promise<unknown> {
  const ids = filesIn(value)
  return ids.length > 0 ? withFileFacts(value, await files.findFacts(ids)) : value
}

/** The ids of the files that a text's blocks name; of a block without one, an empty text. */
function filesIn(value: unknown, depth = 0): string[] {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return []
  return [
    ...(isNode(value) && isFileBlock(value) ? [idOf(value.file) ?? ''] : []),
    ...Object.values(value).flatMap((entry) => filesIn(entry, depth + 1)),
  ]
}

/** The address and the size of a file that is there, of another nothing. A block without a title gets the file's. */
function withFileFacts(value: unknown, facts: ReadonlyMap<string, FileFacts>, depth = 0): unknown {
  if (depth > DEEPEST) return value
  if (Array.isArray(value)) return value.map((entry) => withFileFacts(entry, facts, depth + 1))
  if (!isPlain(value)) return value
  const node = Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, withFileFacts(entry, facts, depth + 1)]),
  )
  if (!isFileBlock(node)) return node
  const found = facts.get(idOf(node.file) ?? '')
  const title = stringOf(node.title).trim() === '' && found ? found.title : node.title
  return { ...node, title, url: found?.url ?? null, bytes: found?.bytes ?? null }
}

const isFileBlock = ({ blockType }: StoredNode): boolean => blockType === 'file'

const isPlain = (value: unknown): value is StoredNode =>
  isNode(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)

/** An id, or a document that has one. */
const idOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : isNode(value)
      ? idOf(value.id)
      : null
