import { childrenOf, isNode, stringOf, wordsOf, type StoredNode } from '../node.ts'
import { readUrl } from '../urls/readUrl.ts'
import { isAddress, isLink, isUnsafe } from './cleanWritten.ts'

/** Where in a text something stands: the second paragraph, the first list. */
export interface TextPlace {
  kind:
    'paragraph' | 'heading' | 'quote' | 'list' | 'table' | 'image' | 'callout' | 'button' | 'video' | 'block'
  number: number
}

/** What keeps a text from being saved (`unsafe`) or published. `text` is the link's or the button's own. */
export type TextProblem = { place: TextPlace } & (
  | { kind: 'unsafe' | 'unclear'; what: 'link' | 'button'; text: string; url: string }
  | { kind: 'no-address' | 'no-article'; what: 'link' | 'button'; text: string }
  | { kind: 'no-image' }
)

/** How many pictures of a text wait for an upload that only somebody's browser can finish. */
export function countPending(value: unknown, depth = 0): number {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return 0
  if (isNode(value) && value.type === 'upload') return isNode(value.pending) ? 1 : 0
  return Object.values(value).reduce((sum: number, entry) => sum + countPending(entry, depth + 1), 0)
}

/** Every link, button and picture of a rich-text field that leads nowhere, in the order of the text. */
export function findProblems(value: unknown): TextProblem[] {
  const root = isNode(value) ? value.root : null
  // All locales at once: one text for each.
  if (!isNode(root)) return isNode(value) ? Object.values(value).filter(holdsRoot).flatMap(findProblems) : []
  const counts = new Map<TextPlace['kind'], number>()
  return childrenOf(root).flatMap((node) => {
    const kind = kindOf(node)
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    return problemsIn({ node, place: { kind, number }, depth: 0 })
  })
}

const holdsRoot = (value: unknown) => isNode(value) && isNode(value.root)

function kindOf({ type, fields }: StoredNode): TextPlace['kind'] {
  if (type === 'heading' || type === 'quote' || type === 'list' || type === 'table') return type
  if (type === 'upload') return 'image'
  if (type !== 'block') return 'paragraph'
  const blockType = isNode(fields) ? fields.blockType : null
  return blockType === 'callout' || blockType === 'button' || blockType === 'video' ? blockType : 'block'
}

const DEEPEST = 300

function problemsIn({
  node,
  place,
  depth,
}: {
  node: StoredNode
  place: TextPlace
  depth: number
}): TextProblem[] {
  if (depth > DEEPEST) return []
  const missing: TextProblem[] =
    node.type === 'upload' && isMissing(node) ? [{ kind: 'no-image', place }] : []
  const nested = Object.values(node.type === 'upload' ? [node.fields] : node)
    .flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .flatMap((child) =>
      isLink(node) && child === node.fields ? [] : problemsIn({ node: child, place, depth: depth + 1 }),
    )
  return [...missing, ...ownProblems(node, place), ...nested]
}

const isMissing = ({ value, pending }: StoredNode) =>
  !isNode(pending) && (value === undefined || value === null || value === '')

function ownProblems(node: StoredNode, place: TextPlace): TextProblem[] {
  if (isLink(node)) return linkProblems(node, place)
  const what = node.blockType === 'button' ? 'button' : 'link'
  const text = stringOf(node.blockType === 'video' ? node.title : node.label)
  // A button or a video without its address: its field says so.
  return Object.entries(node).flatMap(([key, value]) =>
    isAddress(key)
      ? addressProblems({ what, text, value, place })
      : hiddenProblems({ what, text, key, value, place }),
  )
}

type Asked = Omit<TextProblem & { kind: 'unsafe' }, 'kind' | 'url'> & { value: unknown }

/** What stands where an address belongs: a list or an object is none. */
const addressProblems = ({ value, ...rest }: Asked): TextProblem[] => {
  const url = typeof value === 'string' ? value : value ? JSON.stringify(value) : ''
  return url.trim() === '' ? [] : urlProblems({ ...rest, url })
}

/** An address that could run, under a name that nobody here knows. */
const hiddenProblems = ({ key, value, ...rest }: Asked & { key: string }): TextProblem[] =>
  [value]
    .flat()
    .filter((entry) => typeof entry === 'string')
    .flatMap((url) => (isUnsafe(key, url) ? [{ kind: 'unsafe' as const, ...rest, url }] : []))

function linkProblems(node: StoredNode, place: TextPlace): TextProblem[] {
  const fields = isNode(node.fields) ? node.fields : {}
  const text = wordsOf(node)
  const entries = [fields, node].flatMap((holder) => Object.entries(holder))
  const asked = { what: 'link', text, place } as const
  const urls = entries.filter(([key, url]) => isAddress(key) && Boolean(url) && stringOf(url).trim() !== '')
  const problems = entries.flatMap(([key, value]) =>
    isAddress(key) ? addressProblems({ ...asked, value }) : hiddenProblems({ ...asked, key, value }),
  )
  if (fields.linkType === 'internal') {
    const hasArticle = isNode(fields.doc) && fields.doc.value !== undefined && fields.doc.value !== null
    return [
      ...problems.filter(({ kind }) => kind === 'unsafe'),
      ...(hasArticle ? [] : [{ kind: 'no-article' as const, what: 'link' as const, text, place }]),
    ]
  }
  return urls.length === 0 ? [{ kind: 'no-address', what: 'link', text, place }] : problems
}

function urlProblems({
  what,
  text,
  url,
  place,
}: {
  what: 'link' | 'button'
  text: string
  url: string
  place: TextPlace
}): TextProblem[] {
  const { kind } = readUrl(url)
  return kind === 'url' ? [] : [{ kind, what, text, url, place }]
}
