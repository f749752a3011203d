import type { CSSProperties } from 'react'
import type { ListItem } from '../../src/rich-text/model.ts'
import { BLOCK_MARGIN } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import { CheckList } from './CheckList.tsx'
import { Inlines } from './Inlines.tsx'
import type { Look } from './look.ts'

/** A margin makes the room for the bullets: Outlook knows no padding of a list and would cut them off. */
export function List({
  list,
  look,
  isNested = false,
}: {
  list: BlockOf<'list'>
  look: Look
  isNested?: boolean
}) {
  const style: CSSProperties = { margin: isNested ? '8px 0 0 22px' : `${BLOCK_MARGIN} 24px`, padding: 0 }
  const items = list.items.map((item, index) => <Item key={index} item={item} look={look} />)
  switch (list.style) {
    case 'bullet':
      return <ul style={style}>{items}</ul>
    case 'number':
      return (
        <ol style={style} start={list.start === 1 ? undefined : list.start}>
          {items}
        </ol>
      )
    case 'check':
      return <CheckList list={list} look={look} isNested={isNested} />
  }
}

function Item({ item, look }: { item: ListItem; look: Look }) {
  return (
    <li style={{ margin: '0 0 8px' }}>
      <Inlines inlines={item.children} look={look} />
      <NestedLists item={item} look={look} />
    </li>
  )
}

/** The lists below an item. */
export function NestedLists({ item, look }: { item: ListItem; look: Look }) {
  return item.nested.map((list, index) => <List key={index} list={list} look={look} isNested />)
}
