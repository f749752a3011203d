import type { Locale } from '../../newsletter/model.ts'
import type { Block, ListItem } from '../model.ts'
import { richTextWords } from '../words.ts'
import { Inlines } from './Inlines.tsx'

type ListBlock = Extract<Block, { kind: 'list' }>

export function List({ list, locale }: { list: ListBlock; locale: Locale }) {
  const items = list.items.map((item, index) => (
    <li key={index}>
      {list.style === 'check' && <Check isChecked={item.isChecked === true} locale={locale} />}
      <Inlines inlines={item.children} />
      <Nested item={item} locale={locale} />
    </li>
  ))
  switch (list.style) {
    case 'bullet':
      return <ul>{items}</ul>
    case 'number':
      return <ol start={list.start === 1 ? undefined : list.start}>{items}</ol>
    case 'check':
      return <ul className="checklist">{items}</ul>
  }
}

function Nested({ item, locale }: { item: ListItem; locale: Locale }) {
  return item.nested.map((list, index) => <List key={index} list={list} locale={locale} />)
}

/** Not a box to tick: what the author ticked. */
function Check({ isChecked, locale }: { isChecked: boolean; locale: Locale }) {
  const { checked, unchecked } = richTextWords[locale]
  return (
    <>
      <span className="check" role="img" aria-label={isChecked ? checked : unchecked}>
        {isChecked ? '☑' : '☐'}
      </span>{' '}
    </>
  )
}
