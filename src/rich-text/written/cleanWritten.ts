import { cleanLine, cleanText } from '../../text/cleanText.ts'
import { isNode, stringOf, type StoredNode } from '../node.ts'
import { readUrl, runsAsUrl } from '../urls/readUrl.ts'

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
  if (typeof value === 'string') return cleanString(key, value)
  if (Array.isArray(value)) {
    const entries: unknown[] = value
    return entries.flatMap((entry) =>
      isNode(entry) && !Array.isArray(entry)
        ? cleanNode(entry, cleaning, depth + 1)
        : [cleanEntry({ key, value: entry, cleaning, depth: depth + 1 })],
    )
  }
  if (!isPlain(value)) return value
  return cleanNode(value, cleaning, depth + 1)[0] ?? null
}

/** Keys that say how a node looks by one word; `style` by declarations. */
const LOOKS = ['format', 'direction', 'mode', 'tag', 'listType', 'textAlign']
const isLook = (key: string, value: string): boolean =>
  key === 'style' ? /^[\w\s:;#(),.%-]*$/.test(value) && !/url\s*\(/i.test(value) : /^[\w-]*$/.test(value)

function cleanString(key: string, value: string): string {
  if (LINES.includes(key)) return cleanLine(value)
  if ((key === 'style' || LOOKS.includes(key)) && !isLook(key, value)) return ''
  return isUnsafe(key, value) ? '' : cleanText(value)
}

const isPlain = (value: unknown): value is StoredNode =>
  isNode(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)

/** One node, the nodes it becomes, or none. */
function cleanNode(node: StoredNode, cleaning: Cleaning, depth: number): StoredNode[] {
  if (!isPlain(node)) return [node]
  if (node.type === 'upload' && isNode(node.pending)) return cleanPending(node, cleaning, depth)
  const clean = cleanEntries(node, cleaning, depth)
  if (node.type === 'text' && typeof node.text === 'string') return cleanTextNode(clean, node.text)
  return isLink(node) && !hasSafeTarget(node) ? nodesIn(clean.children) : [clean]
}

const nodesIn = (children: unknown): StoredNode[] => (Array.isArray(children) ? children.filter(isNode) : [])

/** Keys under which the id of a document stands. */
const RELATIONS = ['value', 'picture', 'file']

const cleanEntries = (node: StoredNode, cleaning: Cleaning, depth: number): StoredNode =>
  Object.fromEntries(
    Object.entries(node).map(([name, value]) => {
      const key = /^\w*$/.test(name) ? name : cleanLine(name)
      if (isAddress(key)) return [key, value && cleanAddress({ node, value, cleaning })]
      if (RELATIONS.includes(key) && isNode(value) && 'id' in value) return [key, value.id]
      return [key, cleanEntry({ key, value, cleaning, depth })]
    }),
  )

/** Keys under which nodes, of whatever editor, keep an address and nothing else. */
export const isAddress = (key: string): boolean => /^(?:url|href|src)$/i.test(key)

/** Keys under which people's words stand: "data: a lecture" is no address there. */
const WORDS = ['text', 'label', 'caption', 'blockName', 'code', 'alt', 'title']

/** Whether a string of a node is an address that could run or read something, whatever its key. */
export const isUnsafe = (key: string, value: string): boolean =>
  isAddress(key) ? readUrl(value).kind === 'unsafe' : !WORDS.includes(key) && runsAsUrl(value)

export const isLink = ({ type }: StoredNode): boolean => type === 'link' || type === 'autolink'

/** Whether none of a link's addresses is unsafe, wherever an editor of its day kept them. */
const hasSafeTarget = (node: StoredNode): boolean =>
  [node, isNode(node.fields) ? node.fields : {}].every((holder) =>
    Object.entries(holder).every(([key, value]) => typeof value !== 'string' || !isUnsafe(key, value)),
  )

/**
 * An address is a text; what is none is left out. A button's or a video's stays as somebody types it, until the text is published:
 * each pause of theirs saves the draft.
 */
function cleanAddress({
  node,
  value,
  cleaning,
}: {
  node: StoredNode
  value: unknown
  cleaning: Cleaning
}): string {
  if (typeof value !== 'string') return ''
  const read = readUrl(value)
  if (read.kind === 'unsafe') return ''
  const isTyped = TYPED.includes(stringOf(node.blockType)) && !cleaning.isPublished
  return read.kind === 'url' && !isTyped ? read.url : cleanLine(value)
}

/** Blocks whose address stands in a field. */
const TYPED = ['button', 'video']

/** Where a program has put a line break of its own, the text gets one of the editor's. */
function cleanTextNode(node: StoredNode, text: string): StoredNode[] {
  const lines = text.split(BREAK_IN_TEXT).map(cleanText)
  return lines.flatMap((line, index) => [
    ...(index > 0 ? [{ type: 'linebreak', version: 1 }] : []),
    ...(line !== '' || lines.length === 1 ? [{ ...node, text: line }] : []),
  ])
}

/** A picture that somebody is about to upload. Its bytes are in their browser: no other address of it is kept. */
function cleanPending({ pending, ...node }: StoredNode, cleaning: Cleaning, depth: number): StoredNode[] {
  if (cleaning.isPublished || !isNode(pending)) return []
  const { formID, src } = pending
  const isOfBrowser = typeof src === 'string' && src.startsWith('blob:')
  return [{ ...cleanEntries(node, cleaning, depth), pending: { formID, src: isOfBrowser ? src : '' } }]
}
