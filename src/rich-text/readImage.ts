import type { Place, RichImage } from './model.ts'
import { isNode, stringOf, type StoredNode } from './node.ts'
import { resolveFileUrl } from './resolveUrl.ts'

type ImageFile = RichImage['files'][number]

/** A media document with those of its files that are there, or null when none is: it may be a mere id, or gone. */
export function readImage({
  media,
  place,
  crop,
}: {
  media: unknown
  place: Place
  /** In a mail, the part around the focal point; elsewhere the page cuts it. */
  crop?: 'thumb' | 'portrait'
}): RichImage | null {
  if (!isNode(media) || !isImage(media)) return null
  const files = filesOf({ media, place, crop })
    .map((file) => readFile({ file, place }))
    .filter((file) => file !== null)
    .sort((a, b) => a.width - b.width)
    .filter((file, index, all) => file.width !== all[index - 1]?.width)
  return files.length > 0 ? { alt: stringOf(media.alt).trim(), files } : null
}

/** Where a picture has files that are made for mail, a mail shows nothing else: see media/mailFiles. */
function filesOf({
  media,
  place,
  crop,
}: {
  media: StoredNode
  place: Place
  crop: 'thumb' | 'portrait' | undefined
}): unknown[] {
  const { mail, thumb, portrait, ...sizes } = isNode(media.sizes) ? media.sizes : {}
  const cut = crop && { thumb, portrait }[crop]
  const forMail = [cut, mail].find((size) => isNode(size) && readFile({ file: size, place }) !== null)
  return place.isMail && forMail ? [forMail] : [...Object.values(sizes), media]
}

const isImage = ({ mimeType }: StoredNode) => typeof mimeType !== 'string' || mimeType.startsWith('image/')

function readFile({ file, place }: { file: unknown; place: Place }): ImageFile | null {
  if (!isNode(file)) return null
  const [width, height] = [pixels(file.width), pixels(file.height)]
  const url = resolveFileUrl({ url: stringOf(file.url), baseUrl: place.baseUrl })
  if (!url || !width || !height || place.hasFile?.(url) === false) return null
  return { url, width, height }
}

/** A whole number of at least 1, or null. */
const pixels = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.max(1, Math.round(value)) : null
