import { beforeAll, describe, expect, it } from '@jest/globals'
import { HtmlValidate } from 'html-validate'
import { contrastOf, READABLE } from '../../../emails/_theme/contrast.ts'
import type { RenderedMail } from '../../../src/newsletter/model.ts'
import { article, content, longText, render } from './content.ts'
import { elementsOf, inherited, inheritedInCell, isWithin, type Element } from './elements.ts'
import { variants } from './variants.ts'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: {
    // How React writes them.
    'attr-case': 'off',
    'attribute-boolean-style': 'off',
    'void-style': ['error', { style: 'selfclose' }],
    'doctype-style': 'off',
    'doctype-html': 'off',
    // What mail clients need, and a web page does not.
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    'prefer-native-element': 'off',
    'no-implicit-button-type': 'off',
    'long-title': 'off',
    'no-conditional-comment': 'off',
  },
})

/** The links of the HTML in the way that a reader of plain text uses them. */
const linksOf = (elements: Element[]) => [
  ...new Set(elements.filter(({ tag }) => tag === 'a').map(({ attributes }) => attributes.href ?? '')),
]
const countIn = (text: string, part: string) => text.split(part).length - 1

describe.each(variants)('a mail: $name', (variant) => {
  const { locale, title } = variant
  let mail: RenderedMail
  let elements: Element[]
  let inBody: Element[]
  beforeAll(async () => {
    mail = await variant.render()
    elements = elementsOf(withoutOutlook(mail.html))
    inBody = elements.filter((element) => isWithin(element, 'body'))
  })
  const all = (tag: string) => elements.filter((element) => element.tag === tag)

  it('is valid HTML', async () => {
    const report = await validator.validateString(mail.html)
    const messages = report.results.flatMap(({ messages: found }) =>
      found.map(({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`),
    )
    expect(messages).toEqual([])
  })

  it('is a whole document without scripts or preloads, and with comments for Outlook alone', () => {
    expect(mail.html).toMatch(/^<!doctype html><html dir="ltr" lang="(sv|en)">.*<\/html>$/s)
    expect(mail.html).not.toMatch(/<script|<link|javascript:/i)
    const comments = mail.html.match(/<!--.*?-->/gs) ?? []
    expect(
      comments.map((comment) => comment.replace(/(?<=^<!--\[if mso\]>).*(?=<!\[endif\]-->$)/s, '')),
    ).toEqual(Array.from({ length: 3 }, () => '<!--[if mso]><![endif]-->'))
    expect(comments[0]).toContain('<o:PixelsPerInch>96</o:PixelsPerInch>')
    expect(comments[1]).toContain('width="600"')
    expect(comments[2]).toContain('</table>')
  })

  it('is far below the size at which Gmail cuts it off', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(30_000)
  })

  it('has a subject of one line', () => {
    expect(mail.subject).toMatch(/^[^\p{Cc}\u2028]+$/u)
  })

  it('says what language it is in, and what it is about', () => {
    expect(all('html').map(({ attributes }) => attributes)).toEqual([{ lang: locale, dir: 'ltr' }])
    expect(all('title').map(({ text }) => oneLine(text))).toEqual([mail.subject])
    expect(all('h1').map(({ attributes, text }) => [attributes.lang, text])).toEqual([
      [variant.titleLanguage, title],
    ])
  })

  it('needs nothing of its head', () => {
    const withoutHead = elementsOf(withoutOutlook(mail.html).replace(/<head>.*<\/head>/s, ''))
    const [wrapper] = withoutHead.filter(({ attributes }) => attributes.role === 'article')
    const label = wrapper?.attributes['aria-label']
    expect({ ...wrapper?.attributes, ...(label && { 'aria-label': oneLine(label) }) }).toEqual({
      class: 'page',
      role: 'article',
      ...((variant.titleLanguage ?? locale) === locale && { 'aria-label': mail.subject }),
      lang: locale,
      dir: 'ltr',
    })
    const said = inBody.filter((element) => element.text.trim() !== '' && !isHidden(element))
    const unstyled = said.filter(
      (element) =>
        !(
          inheritedInCell(element, 'color') &&
          inheritedInCell(element, 'font') &&
          inherited(element, 'background-color')
        ),
    )
    expect(unstyled.map(({ tag, text }) => [tag, text])).toEqual([])
  })

  it('has links that lead somewhere from anywhere', () => {
    const relative = linksOf(elements).filter((href) => !/^(https?:\/\/[^/]|mailto:.|tel:.)/.test(href))
    expect(relative).toEqual([])
    expect(
      inBody.flatMap(({ attributes }) => attributes.src ?? []).filter((src) => !/^https?:\/\//.test(src)),
    ).toEqual([])
  })

  it('has every link once in the plain text too', () => {
    const counts = linksOf(elements).map((href) =>
      href.startsWith('tel:')
        ? [href, countIn(mail.text.replaceAll(' ', ''), href.slice('tel:'.length))]
        : [href, countIn(mail.text, `<${href.replace('mailto:', '')}>`)],
    )
    expect(counts).toEqual(linksOf(elements).map((href) => [href, 1]))
  })

  it('says in plain text what it says in HTML', () => {
    const plain = withoutSpace(mail.text)
    const missing = inBody
      .filter((element) => !isHidden(element) && element.attributes.role !== 'img')
      // Its button is a plain link there.
      .filter((element) => element.attributes.class !== 'soft copy')
      .map(({ text }) => withoutSpace(text).replace(/^[·.]+|[·.]+$/g, ''))
      .filter((text) => !plain.includes(text) && !mail.text.includes(text))
    expect(missing).toEqual([])
  })

  it('has what the law and the reader ask for', () => {
    expect(linksOf(elements)).toEqual(expect.arrayContaining(variant.links))
    for (const part of [mail.html, mail.text])
      expect(variant.once.map((text) => [text, countIn(part, text)])).toEqual(
        variant.once.map((text) => [text, 1]),
      )
    for (const line of variant.postalAddress.split('\n')) expect(mail.text).toContain(line)
  })

  it('has images with a text and a whole number of pixels that fits', () => {
    const wrong = all('img').filter(
      ({ attributes: { alt, width, height = '1' } }) =>
        alt === undefined ||
        !/^[1-9]\d*$/.test(width ?? '') ||
        Number(width) > 536 ||
        !/^[1-9]\d*$/.test(height),
    )
    expect(wrong.map(({ attributes }) => attributes)).toEqual([])
    expect(all('img').map(({ style }) => style['max-width'])).toEqual(all('img').map(() => '100%'))
  })

  it('has tables for layout or of facts, and padding only in their cells and in buttons that a tap anywhere hits', () => {
    const layout = all('table').filter(({ attributes }) => attributes.class !== 'facts')
    expect(layout.map(({ attributes }) => attributes.role)).toEqual(layout.map(() => 'presentation'))
    const padded = elements.filter(
      (element) =>
        !['td', 'th', 'body'].includes(element.tag) &&
        !isButton(element) &&
        Object.entries(element.style).some(([name, value]) => name.startsWith('padding') && value !== '0'),
    )
    expect(padded.map(({ tag, style }) => [tag, style])).toEqual([])
  })

  it('has headings that skip no level', () => {
    const levels = elements.flatMap(({ tag }) => (/^h[1-6]$/.test(tag) ? Number(tag.slice(1)) : []))
    const skipping = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)
    expect([levels[0], skipping]).toEqual([1, []])
  })

  it('can be read: every text against what is behind it', () => {
    const faint = inBody
      .filter((element) => element.text.trim() !== '' && !isHidden(element))
      .map((element) => ({
        text: element.text,
        contrast: contrastOf(
          inherited(element, 'color') ?? '#000000',
          inherited(element, 'background-color') ?? '#ffffff',
        ),
      }))
      .filter(({ contrast }) => !(contrast >= READABLE))
    expect(faint).toEqual([])
  })
})

const oneLine = (text: string) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
/** As every client but Outlook for Windows sees it. */
const withoutOutlook = (html: string) => html.replace(/<!--.*?-->/gs, '')
/** The link fills its cell; Outlook for Windows, which knows no padding of a link, pads the cell alike. */
const isButton = ({ tag, style, ancestors }: Element) => {
  const cell = ancestors.at(-1)?.style ?? {}
  return (
    tag === 'a' &&
    style.display === 'inline-block' &&
    cell['padding'] === undefined &&
    cell['mso-padding-alt'] === style.padding
  )
}
const isHidden = (element: Element) => inherited(element, 'display') === 'none'
/** The plain text indents, underlines and adds addresses: words are compared, and what stands between them is not. */
const withoutSpace = (text: string) => text.replace(/<(https?:|mailto:)?[^>\s]*>|[\s|>~-]+/g, '')

it('an article of 900 words, 6 headings, 6 lists and 6 images makes less than 20 KB of HTML', async () => {
  const text = longText({ words: 900, sections: 6 })
  const { html } = await render(content({ article: article({ text }) }))
  const body = html.slice(html.indexOf('<h2'), html.lastIndexOf('Sanna Lind'))
  const words = body.replace(/<[^>]+>/g, ' ').match(/\p{L}+/gu) ?? []
  expect(['<h2', '<ul', '<img'].map((tag) => countIn(body, tag))).toEqual([6, 6, 6])
  expect(words.length).toBeGreaterThanOrEqual(900)
  expect(Buffer.byteLength(html)).toBeLessThan(20_480)
})
