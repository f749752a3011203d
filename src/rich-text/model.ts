import type { Locale } from '../newsletter/model.ts'

/**
 * An article's text as every renderer sees it: what the editor stored, with each link and image resolved and absolute,
 * and what cannot be shown (an image that is gone, a link to a draft) left out. A renderer is a function per `kind`.
 */
export type RichText = Block[]

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: 2 | 3 | 4; children: Inline[] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'list'; style: 'bullet' | 'number' | 'check'; start: number; items: ListItem[] }
  | { kind: 'rule' }
  | { kind: 'table'; rows: TableCell[][] }
  | { kind: 'image'; image: RichImage; caption: string | null }
  | { kind: 'code'; code: string }
  | { kind: 'callout'; tone: CalloutTone; content: RichText }
  | { kind: 'button'; label: string; url: string }
  /** A PDF. */
  | { kind: 'file'; title: string; url: string; bytes: number }
  /** Null: the picture is gone. */
  | { kind: 'video'; title: string; url: string; image: RichImage | null }

export type CalloutTone = 'note' | 'tip' | 'important'

/** Each row has as many. */
export interface TableCell {
  /** Whether it is the head of its column or of its row. */
  heads: 'column' | 'row' | null
  children: Inline[]
}

export interface ListItem {
  /** Null outside check lists. */
  isChecked: boolean | null
  children: Inline[]
  /** The lists below this item. */
  nested: Extract<Block, { kind: 'list' }>[]
}

export type Inline =
  | { kind: 'text'; text: string; formats: TextFormat[] }
  | { kind: 'link'; url: string; children: Inline[] }
  | { kind: 'linebreak' }

export type TextFormat = 'bold' | 'italic' | 'underline' | 'strikethrough' | 'code'

/** An image in the sizes that exist of it, from small to large; never empty. */
export interface RichImage {
  alt: string
  files: { url: string; width: number; height: number }[]
}

/** Where links lead: to articles on this site in this locale. */
export interface Place {
  /** Absolute, without a trailing slash. */
  baseUrl: string
  locale: Locale
  /** Whether the file at this address can still be fetched; left out where nobody can tell. */
  hasFile?: (url: string) => boolean
  /** Classic Outlook shows no WebP and no AVIF: images in those formats come as JPEG. */
  isMail?: boolean
}
