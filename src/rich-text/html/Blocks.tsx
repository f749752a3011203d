import type { Locale } from '../../newsletter/model.ts'
import type { Block, RichText } from '../model.ts'
import { Callout } from './Callout.tsx'
import { Figure } from './Figure.tsx'
import { File } from './File.tsx'
import { Inlines } from './Inlines.tsx'
import { List } from './List.tsx'
import { Table } from './Table.tsx'
import { Video } from './Video.tsx'

/** A text as HTML. A kind of block without a case here does not compile. */
export function Blocks({ text, locale }: { text: RichText; locale: Locale }) {
  return text.map((block, index) => <BlockView key={index} block={block} locale={locale} />)
}

function BlockView({ block, locale }: { block: Block; locale: Locale }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.children} />
        </p>
      )
    case 'heading':
      return <Heading {...block} />
    case 'quote':
      return (
        <blockquote>
          <Inlines inlines={block.children} />
        </blockquote>
      )
    case 'list':
      return <List list={block} locale={locale} />
    case 'rule':
      return <hr />
    case 'table':
      return <Table {...block} />
    case 'image':
      return <Figure {...block} />
    case 'code':
      return <Code code={block.code} />
    case 'callout':
      return <Callout {...block} locale={locale} />
    case 'video':
      return <Video {...block} locale={locale} />
    case 'file':
      return <File {...block} locale={locale} />
    case 'button':
      return (
        <p>
          <a className="button" href={block.url}>
            {block.label}
          </a>
        </p>
      )
  }
}

function Heading({ level, children }: Extract<Block, { kind: 'heading' }>) {
  const Tag = `h${level}` as const
  return (
    <Tag>
      <Inlines inlines={children} />
    </Tag>
  )
}

/** Lines that are too long scroll, also for those who use the keyboard. */
function Code({ code }: { code: string }) {
  return (
    <pre tabIndex={0}>
      <code>{code}</code>
    </pre>
  )
}
