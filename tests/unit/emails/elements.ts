/** An element of a rendered mail, which is well-formed: React wrote it. */
export interface Element {
  tag: string
  attributes: Record<string, string>
  /** Its inline styles by CSS name. */
  style: Record<string, string>
  /** From the outermost on, without itself. */
  ancestors: Element[]
  /** What it says itself, without its children. */
  text: string
}

/** All elements in their order. */
export function elementsOf(html: string): Element[] {
  const elements: Element[] = []
  const open: Element[] = []
  for (const [, closing, tag, attributes, isVoid, text] of html.matchAll(TOKEN)) {
    const current = open.at(-1)
    if (text !== undefined && current) current.text += decode(text)
    if (closing !== undefined && open.pop()?.tag !== closing) throw new Error(`</${closing}> closes nothing`)
    if (tag === undefined) continue
    const element = toElement({ tag, attributes: attributes ?? '', ancestors: [...open] })
    elements.push(element)
    if (!isVoid) open.push(element)
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.tag}> is not closed`)
  return elements
}

/** The value of an inherited style: its own or that of the nearest ancestor. */
export const inherited = (element: Element, property: string): string | undefined =>
  [element, ...[...element.ancestors].reverse()].map(({ style }) => style[property]).find(Boolean)

/** The same within its own table cell: Outlook begins anew in each table. */
export function inheritedInCell(element: Element, property: string): string | undefined {
  const upwards = [element, ...[...element.ancestors].reverse()]
  const cell = upwards.findIndex(({ tag }) => tag === 'td')
  return upwards
    .slice(0, cell + 1)
    .map(({ style }) => style[property])
    .find(Boolean)
}

export const isWithin = (element: Element, tag: string): boolean =>
  element.ancestors.some((ancestor) => ancestor.tag === tag)

const TOKEN = /<!doctype[^>]*>|<\/(\w+)>|<(\w+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*(\/)?>|([^<]+)/gi

function toElement({
  tag,
  attributes: written,
  ancestors,
}: {
  tag: string
  attributes: string
  ancestors: Element[]
}): Element {
  const attributes = Object.fromEntries(
    [...written.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      decode(value),
    ]),
  )
  const style = Object.fromEntries(
    (attributes.style ?? '')
      .split(';')
      .filter(Boolean)
      .map((rule) => [rule.slice(0, rule.indexOf(':')), rule.slice(rule.indexOf(':') + 1)]),
  )
  return { tag, attributes, style, ancestors, text: '' }
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#x27': "'", amp: '&' }
const decode = (text: string) =>
  text.replace(/&(lt|gt|quot|#x27|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
