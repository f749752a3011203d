import type { Locator } from 'playwright-core'

/** What somebody who looks at a page or a mail sees of a text, by kind of node. */
export type ShownNodes = Record<string, string[]>

/**
 * The text of everyNode.ts, as it must come out wherever it is shown.
 * @param shown.articlePath of the article that it links to: a mail has the permanent one.
 */
export const everyNode = ({
  baseUrl,
  articlePath = '/sv/articles/sa-planerar-vi-veckan',
}: {
  baseUrl: string
  articlePath?: string
}): ShownNodes => ({
  paragraphs: [
    'Hej, Maja här!',
    'Förra våren slutade vi ha chefer. Året har varit lärorikt och roligt, inte kaos alls.',
    'Rutinen heter fredagsavslut och är frivillig. Läs om veckan eller se handboken.',
    'Vi hörs! Maja',
  ],
  headings: ['H2 Friheter', 'H3 I praktiken', 'H4 Innan du går hem'],
  bold: ['lärorikt', 'Egen tid:', 'litet'],
  italic: ['roligt'],
  underlined: ['frivillig'],
  struck: ['kaos'],
  inlineCode: ['fredagsavslut'],
  links: [
    `veckan ${baseUrl}${articlePath}`,
    'handboken https://example.com/handbok',
    'Boka ett samtal https://example.com/samtal',
    '▶ Spela upp: Året på tre minuter https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    `Årsredovisning 2025 ${baseUrl}/api/files/file/arsredovisning-2025-KEY.pdf`,
  ],
  bullets: ['Egen tid: vi väljer när vi arbetar.', 'Egen roll: den växer med en.'],
  bulletsInside: ['Ingen kärntid.'],
  numbers: ['Skriv upp veckans mål.', 'Visa dem för någon.'],
  numbersInside: ['Tre räcker.'],
  checks: ['Klart: Säg vad som blev klart', 'Inte klart: Fira det', 'Inte klart: Lämna över resten'],
  quotes: ['Ansvar är frihetens andra sida.'],
  images: ['Kullar i kvällsljus'],
  captions: ['Utsikten från kontoret'],
  code: ['mål = 3 / while mål: gör(mål)'],
  callouts: ['Tips / Börja litet.'],
  tableHeads: ['Dag', 'Mål', 'Vem'],
  tableRows: ['Måndag / Planera / Alla', 'Fredag / Avsluta / Maja'],
  rules: ['there'],
})

/** Finds those of `expected` below `root`, and says how each really looks; what belongs to other texts is left out. */
export async function shownNodes({
  root,
  expected,
}: {
  root: Locator
  expected: ShownNodes
}): Promise<ShownNodes> {
  await root.waitFor()
  const shown = await root.evaluate(readNodes)
  return Object.fromEntries(
    Object.entries(expected).map(([kind, texts]) => [
      kind,
      (shown[kind] ?? []).filter((text) => texts.includes(text)),
    ]),
  )
}

/** Runs in the page, so it stands alone. */
function readNodes(root: Element): ShownNodes {
  const linesOf = (element: Element) =>
    (element as HTMLElement).innerText
      .split('\n')
      .map((line) => line.replace(/\s+/g, ' ').trim())
      .filter((line) => line !== '')
  const all = (selector: string) => [...root.querySelectorAll(selector)]
  const first = (element: Element) => linesOf(element)[0] ?? ''
  const texts = (selector: string) => all(selector).map((element) => linesOf(element).join(' / '))
  const isInside = (element: Element, lists: string) =>
    element.parentElement?.parentElement?.closest(lists) !== null
  const items = (list: 'ul' | 'ol', depth: 'outer' | 'inner') =>
    all(`${list} > li`)
      .filter((item) => isInside(item, 'ul, ol') === (depth === 'inner'))
      .map(first)
  /** Of an item with a box: a list item, or in a mail the cell beside it. */
  const boxed = (box: Element) => {
    const item = box.closest('li') ?? box.closest('td')?.nextElementSibling
    const isOther = (node: ChildNode) =>
      node instanceof Element && node.matches('ul, ol, div, table, [role="img"]')
    return [...(item?.childNodes ?? [])]
      .filter((node) => !isOther(node))
      .map(({ textContent }) => textContent)
      .join('')
      .trim()
  }
  return {
    paragraphs: texts('p'),
    headings: all('h2, h3, h4').map((heading) => `${heading.tagName} ${first(heading)}`),
    bold: texts('strong'),
    italic: texts('em'),
    underlined: texts('u'),
    struck: texts('s'),
    inlineCode: texts('p code'),
    links: all('a').map(
      (link) => `${first(link)} ${(link.getAttribute('href') ?? '').replace(/-[\w-]{22}\.pdf$/, '-KEY.pdf')}`,
    ),
    bullets: items('ul', 'outer'),
    bulletsInside: items('ul', 'inner'),
    numbers: items('ol', 'outer'),
    numbersInside: items('ol', 'inner'),
    checks: all('[role="img"]').map((box) => `${box.getAttribute('aria-label') ?? ''}: ${boxed(box)}`),
    quotes: texts('blockquote'),
    images: all('img').map((image) => {
      const { complete, naturalWidth, alt } = image as HTMLImageElement
      return complete && naturalWidth > 0 ? alt : `${alt} (does not load)`
    }),
    captions: texts('figcaption, img ~ p, a:has(img) ~ p'),
    code: texts('pre'),
    callouts: texts('[role="note"], td:has(> .label)'),
    tableHeads: texts('th[scope=col]'),
    tableRows: all('tr').map((row) => [...row.children].map((cell) => linesOf(cell).join(' ')).join(' / ')),
    rules: all('hr, [role=separator]')
      .map(() => 'there')
      .slice(0, 1),
  }
}
