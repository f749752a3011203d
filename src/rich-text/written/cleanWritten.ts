import { cleanLine, cleanText } from '../../text/cleanText.ts'
import { isNode, type StoredNode } from '../node.ts'
import { readUrl } from '../urls/readUrl.ts'

export interface Cleaning {
  /** A published text holds no picture that was never uploaded, and each address in its final form. */
  isPublished: boolean
}

/** Deeper than any editor nests; what is below is left out. */
const DEEPEST = 300
/** Fields of one line. */
const LINES = ['label', 'caption', 'blockName']
const BREAK_IN_TEXT = /\r?\n|[\v\u0085\u2028\u2029]/

/**
 * The value of a rich-text field, whichever editor or program wrote it, as it is stored and handed out: addresses
 * repaired (urls/readUrl), without those that could run or read something (their text stays), without forbidden
 * characters (text/cleanText), and with ids where whole documents were sent.
 */
export const cleanWritten = (value: unknown, cleaning: Cleaning): unknown =>
  cleanEntry({ key: '', value, cleaning, depth: 0 })

interface Entry {
  key: string
  value: unknown
  cleaning: Cleaning
  depth: number
}

function cleanEntry({ key, value, cleaning, depth }: Entry): unknown {
  if (depth > DEEPEST) return null
  if (typeof value === 'string') return LINES.includes(key) ? cleanLine(value) : cleanText(value)
  if (Array.isArray(value)) {
    const entries: unknown[] = value
    return entries.flatMap((entry) => (isNode(entry) ? cleanNode(entry, cleaning, depth + 1) : [entry]))
  }
  if (!isPlain(value)) return value
  return cleanNode(value, cleaning, depth + 1)[0] ?? null
}

const isPlain = (value: unknown): value is StoredNode =>
  isNode(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)

/** One node, the nodes it becomes, or none. */
function cleanNode(node: StoredNode, cleaning: Cleaning, depth: number): StoredNode[] {
  if (!isPlain(node)) return [node]
  if (node.type === 'upload' && isNode(node.pending)) return cleanPending(node, cleaning)
  if (node.type === 'text' && typeof node.text === 'string') return cleanTextNode(node, node.text)
  const clean = cleanEntries(node, cleaning, depth)
  return isLink(node) && !hasSafeTarget(node) ? nodesIn(clean.children) : [clean]
}

const nodesIn = (children: unknown): StoredNode[] => (Array.isArray(children) ? children.filter(isNode) : [])

const cleanEntries = (node: StoredNode, cleaning: Cleaning, depth: number): StoredNode =>
  Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (isAddress(key) && typeof value === 'string') return [key, cleanAddress({ node, value, cleaning })]
      if (key === 'value' && isNode(value) && 'id' in value) return [key, value.id]
      return [key, cleanEntry({ key, value, cleaning, depth })]
    }),
  )

export const isAddress = (key: string): boolean => key === 'url' || key === 'href' || key === 'src'

export const isLink = ({ type }: StoredNode): boolean => type === 'link' || type === 'autolink'

/** Whether none of a link's addresses is unsafe, wherever an editor of its day kept them. */
const hasSafeTarget = (node: StoredNode): boolean =>
  [node, isNode(node.fields) ? node.fields : {}].every((holder) =>
    Object.entries(holder).every(
      ([key, value]) => !isAddress(key) || typeof value !== 'string' || readUrl(value).kind !== 'unsafe',
    ),
  )

/** A button's address stays as somebody types it, until the text is published: each pause of theirs saves the draft. */
function cleanAddress({
  node,
  value,
  cleaning,
}: {
  node: StoredNode
  value: string
  cleaning: Cleaning
}): string {
  const read = readUrl(value)
  if (read.kind === 'unsafe') return ''
  const isTyped = node.blockType === 'button' && !cleaning.isPublished
  return read.kind === 'url' && !isTyped ? read.url : cleanLine(value)
}

/** Where a program has put a line break of its own, the text gets one of the editor's. */
function cleanTextNode(node: StoredNode, text: string): StoredNode[] {
  const lines = text.split(BREAK_IN_TEXT).map(cleanText)
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [{ type: 'linebreak', version: 1 }] : []),
    ...(line !== '' || lines.length === 1 ? [{ ...node, text: line }] : []),
  ])
}

/** A picture that somebody is about to upload. Its bytes are in their browser: no other address of it is kept. */
function cleanPending(node: StoredNode, { isPublished }: Cleaning): StoredNode[] {
  if (isPublished || !isNode(node.pending)) return []
  const { formID, src } = node.pending
  const isOfBrowser = typeof src === 'string' && src.startsWith('blob:')
  return [{ ...node, pending: { formID, src: isOfBrowser ? src : '' } }]
}
