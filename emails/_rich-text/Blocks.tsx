import type { Block, RichText } from '../../src/rich-text/model.ts'
import { Button } from './Button.tsx'
import { Callout } from './Callout.tsx'
import { Code } from './Code.tsx'
import { File } from './File.tsx'
import { Heading } from './Heading.tsx'
import { Image } from './Image.tsx'
import { List } from './List.tsx'
import type { Look } from './look.ts'
import { Paragraph } from './Paragraph.tsx'
import { Quote } from './Quote.tsx'
import { Rule } from './Rule.tsx'
import { Table } from './Table.tsx'
import { Video } from './Video.tsx'

/** A text as HTML for mail, every style inline. A kind of block without a case here does not compile. */
export function Blocks({ text, look }: { text: RichText; look: Look }) {
  return text.map((block, index) => <BlockView key={index} block={block} look={look} isFirst={index === 0} />)
}

function BlockView({ block, look, isFirst }: { block: Block; look: Look; isFirst: boolean }) {
  switch (block.kind) {
    case 'paragraph':
      return <Paragraph block={block} look={look} />
    case 'heading':
      return <Heading block={block} look={look} isFirst={isFirst} />
    case 'quote':
      return <Quote block={block} look={look} />
    case 'list':
      return <List list={block} look={look} />
    case 'rule':
      return <Rule />
    case 'table':
      return <Table block={block} look={look} />
    case 'image':
      return <Image block={block} look={look} />
    case 'code':
      return <Code block={block} />
    case 'callout':
      return <Callout block={block} look={look} />
    case 'video':
      return <Video block={block} look={look} />
    case 'file':
      return <File block={block} look={look} />
    case 'button':
      return <Button block={block} look={look} />
  }
}
