import { LOCALES } from '../../newsletter/model.ts'
import type { Finding, LocalFacts } from '../model.ts'

/** More than a reader on the move waits for. */
const HEAVY_BYTES = 1_500_000

export function pictureRules({ texts }: LocalFacts): Finding[] {
  const images = LOCALES.flatMap((locale) => texts[locale]?.images ?? [])
  const namesOf = (isMeant: (image: (typeof images)[number]) => boolean) => [
    ...new Set(images.filter(isMeant).map(({ name }) => name)),
  ]
  const withoutAlt = namesOf(({ isThere, hasAlt }) => isThere && !hasAlt)
  const gone = namesOf(({ isThere }) => !isThere)
  const bytes = [...new Map(images.map((image) => [image.name, image.bytes])).values()].reduce(
    (a, b) => a + b,
    0,
  )
  return [
    {
      code: 'image_alt',
      level: withoutAlt.length > 0 ? 'warning' : 'ok',
      evidence: withoutAlt,
      place: 'images',
    },
    { code: 'image_missing', level: gone.length > 0 ? 'stop' : 'ok', evidence: gone, place: 'text' },
    {
      code: 'image_weight',
      level: bytes > HEAVY_BYTES ? 'warning' : 'ok',
      evidence: [`${(bytes / 1_000_000).toFixed(1)} MB`],
      place: 'images',
    },
  ]
}

/** A file that is gone: the mail would leave it out, and nobody would notice. */
export function fileRules({ texts }: LocalFacts): Finding[] {
  const files = LOCALES.flatMap((locale) => texts[locale]?.files ?? [])
  const gone = [...new Set(files.filter(({ isThere }) => !isThere).map(({ name }) => name))]
  return [{ code: 'file_missing', level: gone.length > 0 ? 'stop' : 'ok', evidence: gone, place: 'text' }]
}
