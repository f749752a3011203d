import type { Block, ListItem } from '../../src/rich-text/model.ts'
import { inlinesToText } from './inlines.ts'
import type { TextLook } from './look.ts'

type List = Extract<Block, { kind: 'list' }>

/** One line an item, those of a nested list indented below theirs. */
export const listToText = (list: List, look: TextLook): string =>
  list.items
    .map((item, index) => itemToText({ item, marker: markerOf({ list, item, index }), look }))
    .join('\n')

function itemToText({ item, marker, look }: { item: ListItem; marker: string; look: TextLook }): string {
  const indented = [inlinesToText(item.children, look), ...item.nested.map((list) => listToText(list, look))]
    .join('\n')
    .replaceAll('\n', `\n${' '.repeat(marker.length)}`)
  return marker + indented
}

function markerOf({ list, item, index }: { list: List; item: ListItem; index: number }): string {
  switch (list.style) {
    case 'bullet':
      return '- '
    case 'number':
      return `${list.start + index}. `
    case 'check':
      return item.isChecked ? '[x] ' : '[ ] '
  }
}
