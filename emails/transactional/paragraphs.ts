import type { Block, Inline } from '../../src/rich-text/model.ts'
import { shownEmail } from '../../src/subscribers/emailAddress.ts'
import type { LetterBlock } from './props.ts'
import { telephone } from '../_text/telephone.ts'

/** A paragraph of texts and links. */
export const paragraph = (...parts: (string | Inline)[]): Block => ({
  kind: 'paragraph',
  children: parts.map((part) => (typeof part === 'string' ? textOf(part) : part)),
})

/** A paragraph of small print. */
export const smallPrint = (...parts: (string | Inline)[]): LetterBlock => ({
  kind: 'smallPrint',
  children: parts.map((part) => (typeof part === 'string' ? textOf(part) : part)),
})

export const button = (label: string, url: string): Block => ({ kind: 'button', label, url })

export const mailLink = (email: string): Inline =>
  link(shownEmail(email), `mailto:${encodeURIComponent(email).replace('%40', '@')}`)

export const phoneLink = (phone: string): Inline => link(phone, telephone(phone))

/** What somebody wrote to us, as they wrote it: text without links, its lines kept. */
export const message = (text: string): LetterBlock => ({ kind: 'message', children: linesOf(text) })

const linesOf = (text: string): Inline[] =>
  text
    .trim()
    .split(/\r\n?|\n/)
    .flatMap((line, index): Inline[] =>
      index === 0 ? [textOf(line)] : [{ kind: 'linebreak' }, textOf(line)],
    )

const link = (text: string, url: string): Inline => ({ kind: 'link', url, children: [textOf(text)] })

const textOf = (text: string): Inline => ({ kind: 'text', text, formats: [] })
