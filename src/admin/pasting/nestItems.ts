/** One item of a list as another program wrote it: flat, with its level from 1. */
export interface PastedItem {
  level: number
  isNumbered: boolean
  nodes: Node[]
}

/** The items as nested lists. A level that is skipped counts as one; another kind on the same level begins a new list. */
export function nestItems(items: PastedItem[]): HTMLElement[] {
  const lists: HTMLElement[] = []
  let open: { list: HTMLElement; level: number }[] = []
  for (const item of items) {
    const document = item.nodes[0]?.ownerDocument
    if (!document) continue
    open = open.filter(({ level }) => level <= item.level)
    const tag = item.isNumbered ? 'OL' : 'UL'
    const last = open.at(-1)
    if (last?.level === item.level && last.list.tagName !== tag) open = open.slice(0, -1)
    if (open.at(-1)?.level !== item.level) {
      const list = document.createElement(tag.toLowerCase())
      const parent = open.at(-1)?.list.lastElementChild
      if (parent) parent.append(list)
      else lists.push(list)
      open.push({ list, level: item.level })
    }
    const element = document.createElement('li')
    element.append(...item.nodes)
    open.at(-1)?.list.append(element)
  }
  return lists
}
