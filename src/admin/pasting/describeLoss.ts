import type { Loss } from './cleanPasted.ts'

interface LossWords {
  images: (count: number) => string
  links: (count: number) => string
  tables: (count: number) => string
  lostImage: string
}

const sv: LossWords = {
  images: (count) =>
    `${count === 1 ? 'En bild' : `${count} bilder`} kom inte med. Spara ${count === 1 ? 'den' : 'dem'} på datorn och lägg in ${count === 1 ? 'den' : 'dem'} med Lägg till, Bild.`,
  links: (count) =>
    `${count === 1 ? 'En länk ledde' : `${count} länkar ledde`} till en adress som inte går att använda här. Texten finns kvar.`,
  tables: (count) =>
    `${count === 1 ? 'En tabell' : `${count} tabeller`} blev rader: här får det inte plats någon tabell.`,
  lostImage: 'En bild som aldrig blev färdigt uppladdad har tagits bort ur texten. Lägg in den igen.',
}

const en: LossWords = {
  images: (count) =>
    `${count === 1 ? 'One image was' : `${count} images were`} left out. Save ${count === 1 ? 'it' : 'them'} on your computer and insert ${count === 1 ? 'it' : 'them'} with Add, Image.`,
  links: (count) =>
    `${count === 1 ? 'One link' : `${count} links`} led to an address that cannot be used here. The text is kept.`,
  tables: (count) =>
    `${count === 1 ? 'One table' : `${count} tables`} became lines: there is no room for a table here.`,
  lostImage: 'An image whose upload was never finished was removed from the text. Insert it again.',
}

const wordsIn = (language: string): LossWords => (language === 'sv' ? sv : en)

/** One notice about all that a paste could not keep; null when it kept everything. */
export function describeLoss({ images, links, tables }: Loss, language: string): string | null {
  const words = wordsIn(language)
  const sentences = [
    ...(images > 0 ? [words.images(images)] : []),
    ...(links > 0 ? [words.links(links)] : []),
    ...(tables > 0 ? [words.tables(tables)] : []),
  ]
  return sentences.length > 0 ? sentences.join(' ') : null
}

export const describeLostImage = (language: string): string => wordsIn(language).lostImage
