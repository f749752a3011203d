import { createHash } from 'node:crypto'
import type { Article } from '../../payload-types.ts'

/** A text as the editor stores it. */
export type RichText = Article['content']
type Node = RichText['root']['children'][number]
type Inline = string | Node

/** Text, links and formats become the editor's nodes (collections/Articles/editor); one function per node. */
export const richText = (...blocks: Node[]): RichText => ({
  root: { type: 'root', version: 1, format: '', indent: 0, direction: 'ltr', children: blocks },
})

export const paragraph = (...inlines: Inline[]): Node => element('paragraph', inlines, { textFormat: 0 })

export const heading = (text: string): Node => element('heading', [text], { tag: 'h2' })

export const bold = (text: string): Node => textNode(text, 1)

export const italic = (text: string): Node => textNode(text, 2)

/** To an article of this site. */
export const articleLink = ({ text, article }: { text: string; article: Article['id'] }): Node =>
  element('link', [text], {
    version: 3,
    id: idFor(text),
    fields: { linkType: 'internal', newTab: false, doc: { relationTo: 'articles', value: article } },
  })

/** A bullet list; each item is what it says. */
export const list = (...items: Inline[][]): Node =>
  element(
    'list',
    items.map((inlines, index) => element('listitem', inlines, { value: index + 1 })),
    { listType: 'bullet', tag: 'ul', start: 1 },
  )

export const image = ({ media, caption }: { media: number | string; caption: string }): Node => ({
  type: 'upload',
  version: 3,
  format: '',
  id: idFor(caption),
  relationTo: 'media',
  value: media,
  fields: { caption },
})

export const callout = (...inlines: Inline[]): Node =>
  block({ blockType: 'callout', tone: 'tip', content: richText(paragraph(...inlines)) })

export const button = ({ label, url }: { label: string; url: string }): Node =>
  block({ blockType: 'button', label, url })

const block = (fields: Record<string, unknown>): Node => ({
  type: 'block',
  version: 2,
  format: '',
  fields: { id: idFor(JSON.stringify(fields)), blockName: '', ...fields },
})

const element = (type: string, inlines: Inline[], more: Record<string, unknown>): Node => ({
  type,
  version: 1,
  format: '',
  indent: 0,
  direction: 'ltr',
  children: inlines.map((inline) => (typeof inline === 'string' ? textNode(inline, 0) : inline)),
  ...more,
})

const textNode = (text: string, format: number): Node => ({
  type: 'text',
  version: 1,
  text,
  format,
  mode: 'normal',
  style: '',
  detail: 0,
})

/** The editor gives some nodes an id of 24 hexadecimal digits. */
const idFor = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24)
