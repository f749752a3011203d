import type { Inline } from '../../src/rich-text/model.ts'
import { Box } from '../_components/Box.tsx'
import { Blocks } from '../_rich-text/Blocks.tsx'
import { Inlines } from '../_rich-text/Inlines.tsx'
import type { Look } from '../_rich-text/look.ts'
import { light } from '../_theme/colors.ts'
import { BLOCK_MARGIN, SANS } from '../_theme/styles.ts'
import type { LetterBlock } from './props.ts'

/** What a letter says. */
export function LetterBody({ body, look }: { body: LetterBlock[]; look: Look }) {
  return body.map((block, index) => <LetterBlockView key={index} block={block} look={look} />)
}

function LetterBlockView({ block, look }: { block: LetterBlock; look: Look }) {
  switch (block.kind) {
    case 'message':
      return <Message inlines={block.children} look={look} />
    case 'smallPrint':
      return (
        <p className="soft" style={SMALL_PRINT}>
          <Inlines inlines={block.children} look={look} />
        </p>
      )
    case 'copyLink':
      return (
        <p className="soft copy" style={SMALL_PRINT}>
          {`${block.label} `}
          <a href={block.url} target="_blank" style={{ color: light.inkSoft, textDecoration: 'underline' }}>
            {block.url}
          </a>
        </p>
      )
    default:
      return <Blocks text={[block]} look={look} />
  }
}

/** Plain, since it can be long; the rule beside it says that it is not our text. */
function Message({ inlines, look }: { inlines: Inline[]; look: Look }) {
  return (
    <div style={{ margin: BLOCK_MARGIN }}>
      <Box className="edge" style={{ ...MESSAGE, borderLeft: `3px solid ${look.colors.accent}` }}>
        <Inlines inlines={inlines} look={look} />
      </Box>
    </div>
  )
}

const MESSAGE = { padding: '2px 0 2px 20px', color: light.ink, font: `16px/25px ${SANS}` }
const SMALL_PRINT = { margin: '0 0 12px', color: light.inkSoft, font: `14px/21px ${SANS}` }
