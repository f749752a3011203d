import { richTextWords } from '../../src/rich-text/words.ts'
import { Action } from '../_components/Action.tsx'
import { Picture } from '../_components/Picture.tsx'
import type { BlockOf } from './blockOf.ts'
import type { Look } from './look.ts'

/**
 * No mail plays a video: a picture that leads to it, and below the picture a line with a mark to play, which is there with
 * images off too. Nothing can lie over a picture in Outlook.
 */
export function Video({ block: { url, title, image }, look }: { block: BlockOf<'video'>; look: Look }) {
  const { accent } = look.colors
  return (
    <div style={{ margin: '28px 0' }}>
      {image && (
        <a href={url} target="_blank" style={{ color: accent }}>
          <Picture image={image} alt={title} width={look.width} />
        </a>
      )}
      <Action label={`▶\u00a0 ${richTextWords[look.language].play(title)}`} url={url} colors={look.colors} />
    </div>
  )
}
