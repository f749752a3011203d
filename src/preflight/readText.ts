import { isNode, stringOf, wordsOf, type StoredNode } from '../rich-text/node.ts'
import { resolveUrl } from '../rich-text/resolveUrl.ts'
import type { WrittenImage, WrittenLink, WrittenText } from './model.ts'

/** What a text names by its id. What is not there any more is not in the maps. */
export interface Named {
  articles: ReadonlyMap<string, { title: string; isPublic: boolean }>
  images: ReadonlyMap<string, WrittenImage>
  /** Those that are there. */
  files: ReadonlySet<string>
  baseUrl: string
}

/** An article in one language, as the editor has it: nothing resolved, nothing left out. */
export interface StoredText {
  title: string
  subject: string | null
  preheader: string | null
  excerpt: string | null
  content: unknown
  heroImage: string | null
}

const DEEPEST = 300

/** Everything that the rules judge of a text. Never throws: nothing about the tree is certain. */
export function readText(stored: StoredText, named: Named): WrittenText {
  const nodes = nodesOf(stored.content, 0)
  const uploads = [stored.heroImage, ...nodes.filter(isPicture).map(uploadId)]
  return {
    title: stored.title,
    subject: stored.subject ?? stored.title,
    preheader: stored.preheader ?? stored.excerpt ?? '',
    words: linesOf(stored.content),
    links: nodes.flatMap((node) => linkOf(node, named)),
    headings: nodes.flatMap(({ type, tag }) =>
      type === 'heading' ? Number(/^h([1-6])$/.exec(stringOf(tag))?.[1] ?? 2) : [],
    ),
    images: uploads.flatMap((id) => (id === null ? [] : (named.images.get(id) ?? gone(id)))),
    files: nodes.filter(isFile).map(({ file, title }) => ({
      name: stringOf(title).trim() || `#${idOf(file) ?? ''}`,
      isThere: named.files.has(idOf(file) ?? ''),
    })),
  }
}

/** The ids that a text names. */
export function namedIn(content: unknown): { articles: string[]; images: string[]; files: string[] } {
  const nodes = nodesOf(content, 0)
  return {
    articles: nodes.flatMap((node) => articleId(node) ?? []),
    images: nodes.filter(isPicture).flatMap((node) => uploadId(node) ?? []),
    files: nodes.filter(isFile).flatMap(({ file }) => idOf(file) ?? []),
  }
}

/** The nodes of a tree and its blocks, from the first to the last. */
function nodesOf(value: unknown, depth: number): StoredNode[] {
  if (depth > DEEPEST) return []
  if (Array.isArray(value)) return value.flatMap((entry) => nodesOf(entry, depth + 1))
  if (!isNode(value)) return []
  const isOne = typeof value.type === 'string' || typeof value.blockType === 'string'
  return [...(isOne ? [value] : []), ...Object.values(value).flatMap((entry) => nodesOf(entry, depth + 1))]
}

/** Its words but for code, in one line as far as a block goes, so that what is partly bold stays one word. */
function linesOf(value: unknown, depth = 0): string {
  if (depth > DEEPEST) return ''
  if (Array.isArray(value)) return value.map((entry) => linesOf(entry, depth + 1)).join('')
  if (!isNode(value)) return ''
  const own = isCode(value)
    ? ''
    : [value.text, value.label, value.caption].map(stringOf).filter(Boolean).join('\n')
  const below = Object.values(value)
    .map((entry) => (isNode(entry) || Array.isArray(entry) ? linesOf(entry, depth + 1) : ''))
    .join('')
  const isBlock = typeof value.type === 'string' && !INLINE.includes(value.type)
  return `${own}${below}${isBlock || own.includes('\n') ? '\n' : ''}`
}

const INLINE = ['text', 'link', 'autolink']

/** Lexical’s bit for code within a line; a block of code has its own field. What looks like a placeholder is meant there. */
const CODE_FORMAT = 16
const isCode = ({ type, format, blockType }: StoredNode): boolean =>
  blockType === 'code' || (type === 'text' && typeof format === 'number' && (format & CODE_FORMAT) !== 0)

const idOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : isNode(value)
      ? idOf(value.id)
      : null

/** A picture in the text, or the one that stands for a video. */
const isPicture = ({ type, blockType, picture }: StoredNode) =>
  type === 'upload' || (blockType === 'video' && idOf(picture) !== null)
const uploadId = ({ value, picture }: StoredNode): string | null => idOf(value) ?? idOf(picture)

const isFile = ({ blockType }: StoredNode) => blockType === 'file'

const isLink = ({ type }: StoredNode) => type === 'link' || type === 'autolink'

function articleId(node: StoredNode): string | null {
  const fields = isLink(node) && isNode(node.fields) ? node.fields : {}
  return fields.linkType === 'internal' && isNode(fields.doc) ? idOf(fields.doc.value) : null
}

function linkOf(node: StoredNode, { articles, baseUrl }: Named): WrittenLink[] {
  if (node.blockType === 'button')
    return [typed({ text: stringOf(node.label), written: stringOf(node.url), baseUrl })]
  if (node.blockType === 'video')
    return [typed({ text: stringOf(node.title), written: stringOf(node.url), baseUrl })]
  if (!isLink(node)) return []
  const text = wordsOf(node)
  const fields = isNode(node.fields) ? node.fields : {}
  if (fields.linkType !== 'internal') return [typed({ text, written: stringOf(fields.url), baseUrl })]
  const id = articleId(node)
  const article = id === null ? undefined : articles.get(id)
  return [
    { text, url: null, isAddress: id !== null, article: article ?? { title: id ?? '', isPublic: false } },
  ]
}

function typed({ text, written, baseUrl }: { text: string; written: string; baseUrl: string }): WrittenLink {
  const url = resolveUrl({ url: written, baseUrl })
  return { text, url: url ?? written, isAddress: url !== null || /^\s*#/.test(written), article: null }
}

const gone = (id: string): WrittenImage => ({ name: `#${id}`, hasAlt: false, isThere: false, bytes: 0 })
