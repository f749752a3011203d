import type { Locale } from '../../newsletter/model.ts'
import type { Block } from '../model.ts'
import { richTextWords } from '../words.ts'

/**
 * A picture of ours that leads to the video where it is. Nothing of the other site is loaded before somebody asks for it.
 */
export function Video({ url, title, image, locale }: Extract<Block, { kind: 'video' }> & { locale: Locale }) {
  const shown = image?.files.find(({ width }) => width >= 1280) ?? image?.files.at(-1)
  return (
    <figure className="video">
      <a href={url} rel="noreferrer">
        {image && shown && (
          <img
            src={shown.url}
            srcSet={image.files.map((file) => `${file.url} ${file.width}w`).join(', ')}
            sizes="(min-width: 44rem) 40rem, 100vw"
            width={shown.width}
            height={shown.height}
            alt=""
            loading="lazy"
            decoding="async"
          />
        )}
        <span className="video-play">
          <span aria-hidden="true">▶</span> {richTextWords[locale].play(title)}
        </span>
      </a>
    </figure>
  )
}
