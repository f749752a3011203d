import type { ListItem } from '../../src/rich-text/model.ts'
import { richTextWords } from '../../src/rich-text/words.ts'
import { Column, Row } from '../_components/react-email.ts'
import { light } from '../_theme/colors.ts'
import { BLOCK_MARGIN, TEXT_FONT } from '../_theme/styles.ts'
import type { BlockOf } from './blockOf.ts'
import { Inlines } from './Inlines.tsx'
import { NestedLists } from './List.tsx'
import type { Look } from './look.ts'

/** Rows with the box in a cell of its own: Outlook would put bullets before the boxes of a list. */
export function CheckList({
  list,
  look,
  isNested,
}: {
  list: BlockOf<'list'>
  look: Look
  isNested: boolean
}) {
  return (
    <div style={{ margin: isNested ? '8px 0 0' : BLOCK_MARGIN }}>
      {list.items.map((item, index) => (
        <Item key={index} item={item} look={look} />
      ))}
    </div>
  )
}

function Item({ item, look }: { item: ListItem; look: Look }) {
  const { checked, unchecked } = richTextWords[look.language]
  return (
    <Row>
      <Column style={{ ...CELL, width: 28 }} valign="top">
        <span role="img" aria-label={item.isChecked ? checked : unchecked}>
          {item.isChecked ? CHECKED : UNCHECKED}
        </span>
      </Column>
      <Column style={CELL}>
        <Inlines inlines={item.children} look={look} />
        <NestedLists item={item} look={look} />
      </Column>
    </Row>
  )
}

/** As text: without the selector after it, iOS draws a coloured picture. */
const CHECKED = '☑\ufe0e'
const UNCHECKED = '☐\ufe0e'

const CELL = { padding: '0 0 8px', color: light.ink, font: TEXT_FONT }
