import anyAscii from 'any-ascii'

/** What is read of a title: a longer one costs no more. */
const READ_CHARACTERS = 400
const MAX_LENGTH = 96

/**
 * "Frihet och ansvar – på jobbet" -> "frihet-och-ansvar-pa-jobbet", "Привет, мир" -> "privet-mir": letters of any script
 * become a-z and digits. At most 96 characters, cut between words where that is possible.
 * @returns undefined when nothing of it is a letter or a digit, as in a title of emoji.
 */
export function toSlug(text: string): string | undefined {
  const read = text
    .slice(0, READ_CHARACTERS)
    .replace(/\p{Surrogate}/gu, '')
    // An emoji would become its English name, which is no word of the title.
    .replace(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]/gu, ' ')
    .normalize('NFKC')
    // Accents that no letter of its own has; the vowels of Hindi or Thai are marks too, and stay.
    .replace(/[\u0300-\u036f]/g, '')
  if (!/[\p{L}\p{N}]/u.test(read)) return undefined
  const slug = anyAscii(read)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return slug === '' ? undefined : shorten(slug, MAX_LENGTH)
}

/** `om-frihet`, 2 -> `om-frihet-2`, no longer than a slug may be. */
export function numbered(base: string, number: number): string {
  if (number < 2) return base
  const tail = `-${number}`
  return shorten(base, MAX_LENGTH - tail.length) + tail
}

/** Whether a slug is this one, or this one with a number. */
export const isNumbered = (slug: string, base: string): boolean => {
  const number = Number(/-(\d{1,6})$/.exec(slug)?.[1] ?? 1)
  return slug === base || slug === numbered(base, number)
}

/** Between two words, unless that would leave less than half of it. */
function shorten(slug: string, length: number): string {
  if (slug.length <= length) return slug
  const cut = slug.slice(0, length)
  const end = slug[length] === '-' ? length : cut.lastIndexOf('-')
  return (end > length / 2 ? cut.slice(0, end) : cut).replace(/-+$/, '')
}
