import { nestItems, type PastedItem } from './nestItems.ts'

/**
 * Word, Outlook and PowerPoint write the items of a list as paragraphs. `mso-list:l0 level2 lfo1` says the level, and a part
 * with `mso-list:Ignore` holds the bullet or the number as text. PowerPoint has the classes O, O1, O2 … for levels, and
 * `mso-special-format:bullet` (or `numbullet…`) on that part.
 */
export function makeWordLists(body: HTMLElement): void {
  let run: { element: HTMLElement; item: PastedItem }[] = []
  const flush = () => {
    const [first] = run
    if (first) first.element.before(...nestItems(run.map(({ item }) => item)))
    for (const { element } of run) element.remove()
    run = []
  }
  for (const element of [...body.querySelectorAll<HTMLElement>('p, div, li')].filter(isItem)) {
    const last = run.at(-1)
    if (last && next(last.element) !== element) flush()
    run.push({ element, item: itemOf(element) })
  }
  flush()
}

const styleOf = (element: Element) => element.getAttribute('style') ?? ''

const isItem = (element: HTMLElement) =>
  (/mso-list:\s*l\d+\s+level\d+/i.test(styleOf(element)) || isSlideItem(element)) &&
  element.closest('ul, ol') === null

const isSlideItem = ({ firstElementChild: first }: HTMLElement) =>
  first !== null && /mso-special-format:\s*'?(?:num)?bullet/i.test(styleOf(first))

/** Empty paragraphs between items do not end a list. */
function next(element: Element): Element | null {
  const sibling = element.nextElementSibling
  const isGap = sibling?.tagName === 'P' && (sibling.textContent ?? '').trim() === ''
  return isGap && !/mso-list/.test(styleOf(sibling)) ? next(sibling) : sibling
}

function itemOf(element: HTMLElement): PastedItem {
  const marker = [...element.querySelectorAll('[style*="mso-"]')].find((part) =>
    /mso-list:\s*Ignore|mso-special-format:/i.test(styleOf(part)),
  )
  const text = (marker?.textContent ?? '').replace(/\s/g, '')
  const isNumbered = isNumber(text) || /numbullet/i.test(marker ? styleOf(marker) : '')
  marker?.remove()
  return { level: levelOf(element), isNumbered, nodes: [...element.childNodes] }
}

function levelOf(element: HTMLElement): number {
  const level = /level(\d+)/i.exec(styleOf(element))?.[1]
  return level === undefined ? Number(/^O(\d)$/.exec(element.className)?.[1] ?? 0) + 1 : Number(level)
}

/** "1.", "a)", "(iv)" and "1.2" count; "·", "o", "§" and "–" are bullets. */
const isNumber = (marker: string) => /^\(?(?:\d+|[a-z]{1,4})[.)]|^\d/i.test(marker)
