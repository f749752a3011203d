import type { Block } from '../model.ts'

/** As wide as the text. */
const SIZES = '(min-width: 44rem) 40rem, 100vw'

/** An image in the size that the screen needs, with its place kept free while it loads. */
export function Figure({ image: { alt, files }, caption }: Extract<Block, { kind: 'image' }>) {
  const shown = files.find(({ width }) => width >= 1280) ?? files.at(-1)
  if (!shown) return null
  return (
    <figure>
      <img
        src={shown.url}
        srcSet={files.map(({ url, width }) => `${url} ${width}w`).join(', ')}
        sizes={SIZES}
        width={shown.width}
        height={shown.height}
        alt={alt}
        loading="lazy"
        decoding="async"
      />
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  )
}
