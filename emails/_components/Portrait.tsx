import type { RichImage } from '../../src/rich-text/model.ts'
import { Picture } from './Picture.tsx'

/** Pixels at this width, for clients that cannot crop. */
const heightOf = ({ files }: RichImage, width: number) => {
  const [file] = files
  return file ? Math.max(1, Math.round((file.height * width) / file.width)) : width
}

/** A round picture of somebody whose name stands beside it; clients that cannot crop show all of it. */
export function Portrait({ image, size }: { image: RichImage; size: number }) {
  return (
    <Picture
      image={image}
      alt=""
      width={size}
      height={heightOf(image, size)}
      style={{ width: size, height: size, borderRadius: size / 2, objectFit: 'cover' }}
    />
  )
}
