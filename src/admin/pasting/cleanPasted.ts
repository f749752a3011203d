import { readUrl } from '../../rich-text/urls/readUrl.ts'
import { cleanTables } from './pastedTables.ts'
import { makeWebLists } from './webLists.ts'
import { makeWordLists } from './wordLists.ts'

/** What the paste could not keep, for the notice. */
export interface Loss {
  images: number
  links: number
  tables: number
}

/**
 * Makes of pasted HTML what the editor understands: the lists of Word with their levels, the highest heading as `h2` and
 * the lower ones after it, plain tables, no empty paragraphs. Pictures and links that cannot be kept are counted.
 *
 * @param body of a document that was parsed from the clipboard, which runs and loads nothing. It is changed.
 * @param editor.keepsTables whether the editor has tables; else their rows become lines.
 */
export function cleanPasted(body: HTMLElement, editor: { keepsTables: boolean }): Loss {
  removeLeftovers(body)
  makeWebLists(body)
  makeWordLists(body)
  shiftHeadings(body)
  const tables = cleanTables(body, editor)
  const images = removeImages(body)
  const links = unwrapLinks(body)
  removeEmptyParagraphs(body)
  return { images, links, tables }
}

const all = (body: HTMLElement, selector: string): HTMLElement[] => [
  ...body.querySelectorAll<HTMLElement>(selector),
]

/** Styles, what runs or loads, comments of reviewers, and text that was deleted while changes were tracked. */
const LEFTOVERS =
  'style, script, meta, title, xml, link, iframe, object, embed, svg, template, noscript, del, .msoDel, .MsoCommentReference, .MsoCommentText, [style*="mso-element:comment"]'

function removeLeftovers(body: HTMLElement): void {
  for (const element of all(body, LEFTOVERS)) element.remove()
}

/** The article's title is its `h1`: a text begins at `h2`. */
function shiftHeadings(body: HTMLElement): void {
  for (const title of all(body, 'p.MsoTitle')) rename(title, 'h1')
  for (const heading of all(body, '[role="heading"][aria-level]'))
    if (!/^H[1-6]$/.test(heading.tagName)) rename(heading, `h${heading.getAttribute('aria-level') ?? '2'}`)
  const headings = all(body, 'h1, h2, h3, h4, h5, h6')
  const shift = headings.some(({ tagName }) => tagName === 'H1') ? 1 : 0
  for (const heading of headings) {
    const level = Math.min(4, Number(heading.tagName.slice(1)) + shift)
    rename(heading, `h${level}`)
  }
}

export function rename(element: HTMLElement, tag: string): HTMLElement {
  const renamed = element.ownerDocument.createElement(/^h[1-6]$|^p$/.test(tag) ? tag : 'h4')
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}

/** A browser may not read them from where they lie (another site, the other program's files). */
function removeImages(body: HTMLElement): number {
  const images = all(body, 'img, picture')
  const shown = images.filter(isShown)
  for (const image of images) image.remove()
  return shown.length
}

/** Not a pixel that counts readers. */
const isShown = (image: HTMLElement) =>
  image.tagName === 'IMG' && !['0', '1'].includes(image.getAttribute('width') ?? '')

/** Links that lead nowhere from here: bookmarks and footnotes of Word, files of the other computer, scripts. */
function unwrapLinks(body: HTMLElement): number {
  let lost = 0
  for (const link of all(body, 'a')) {
    const href = link.getAttribute('href')
    if (href !== null && !href.startsWith('#') && readUrl(href).kind === 'url') continue
    if (href !== null && !href.startsWith('#')) lost += 1
    link.replaceWith(...link.childNodes)
  }
  return lost
}

function removeEmptyParagraphs(body: HTMLElement): void {
  for (const paragraph of all(body, 'p, h2, h3, h4')) if (isEmpty(paragraph)) paragraph.remove()
  for (const lineBreak of all(body, 'br')) if (isBetweenBlocks(lineBreak)) lineBreak.remove()
}

const isEmpty = (element: HTMLElement) =>
  (element.textContent ?? '').replace(/[\s\u200b\ufeff]/g, '') === '' && !element.querySelector('hr')

const BLOCK = /^(P|DIV|H[1-6]|UL|OL|TABLE|BLOCKQUOTE|HR)$/

/** Google Docs writes an empty paragraph as a line break beside paragraphs. */
const isBetweenBlocks = (lineBreak: HTMLElement) =>
  [lineBreak.previousElementSibling, lineBreak.nextElementSibling].some(
    (neighbour) => neighbour !== null && BLOCK.test(neighbour.tagName),
  )
