import type { Media } from '../../../payload-types.ts'
import { imageFor, sourceSetOf } from './imageSource.ts'

/** An image in the size that the screen needs, with its place kept free while it loads. */
export function SiteImage({
  image,
  alt = image.alt,
  sizes,
  className,
  isUrgent = false,
}: {
  image: Media
  alt?: string
  /** How wide it is shown, as in the attribute of that name. */
  sizes: string
  className?: string
  /** For what is seen first; everything else waits until it comes near. */
  isUrgent?: boolean
}) {
  const file = imageFor(image, 1280)
  if (!file) return null
  return (
    <img
      className={className}
      src={file.url}
      srcSet={sourceSetOf(image)}
      sizes={sizes}
      width={file.width}
      height={file.height}
      alt={alt}
      loading={isUrgent ? 'eager' : 'lazy'}
      fetchPriority={isUrgent ? 'high' : 'auto'}
      decoding="async"
    />
  )
}
