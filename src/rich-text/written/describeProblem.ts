import type { Locale } from '../../newsletter/model.ts'
import { cleanLine } from '../../text/cleanText.ts'
import type { TextPlace, TextProblem } from './findProblems.ts'

interface ProblemWords {
  places: Record<TextPlace['kind'], string>
  what: { link: string; button: string }
  where: (what: string, text: string, place: string) => string
  unsafe: (thing: string, url: string) => string
  unclear: (thing: string, url: string) => string
  noAddress: (thing: string) => string
  noArticle: (thing: string) => string
  noImage: (number: number) => string
}

const words: Record<Locale, ProblemWords> = {
  sv: {
    places: {
      paragraph: 'stycke',
      heading: 'rubrik',
      quote: 'citat',
      list: 'lista',
      table: 'tabell',
      image: 'bild',
      callout: 'ruta',
      button: 'knapp',
      video: 'video',
      block: 'block',
    },
    what: { link: 'Länken', button: 'Knappen' },
    where: (what, text, place) => `${what} ”${text}” (${place})`,
    unsafe: (thing, url) =>
      `${thing} går till ”${url}”. Sådana adresser är inte tillåtna: skriv en som börjar med https://, http://, mailto:, tel: eller sms:, eller en sökväg som /kontakt.`,
    unclear: (thing, url) =>
      `${thing} går till ”${url}”, som inte är någon adress. Skriv till exempel https://exempel.se, namn@exempel.se eller /kontakt.`,
    noAddress: (thing) => `${thing} saknar adress. Skriv en, eller ta bort länken.`,
    noArticle: (thing) =>
      `${thing} ska gå till en artikel, men ingen är vald. Välj en, eller ta bort länken.`,
    noImage: (number) => `Bild ${number} är inte uppladdad. Ladda upp den igen, eller ta bort den ur texten.`,
  },
  en: {
    places: {
      paragraph: 'paragraph',
      heading: 'heading',
      quote: 'quote',
      list: 'list',
      table: 'table',
      image: 'image',
      callout: 'callout',
      button: 'button',
      video: 'video',
      block: 'block',
    },
    what: { link: 'The link', button: 'The button' },
    where: (what, text, place) => `${what} “${text}” (${place})`,
    unsafe: (thing, url) =>
      `${thing} leads to “${url}”. Such addresses are not allowed: write one that begins with https://, http://, mailto:, tel: or sms:, or a path such as /contact.`,
    unclear: (thing, url) =>
      `${thing} leads to “${url}”, which is no address. Write for example https://example.com, name@example.com or /contact.`,
    noAddress: (thing) => `${thing} has no address. Write one, or remove the link.`,
    noArticle: (thing) =>
      `${thing} should lead to an article, but none is chosen. Choose one, or remove the link.`,
    noImage: (number) => `Image ${number} is not uploaded. Upload it again, or remove it from the text.`,
  },
}

/** The language of the reader's admin or request; English for one that we do not speak. */
export const localeOf = (language: string): Locale => (language === 'sv' ? 'sv' : 'en')

/** One sentence that names the link by its text and its place, and the remedy. */
export function describeProblem(problem: TextProblem, locale: Locale): string {
  const say = words[locale]
  switch (problem.kind) {
    case 'unsafe':
      return say.unsafe(nameProblem(problem, locale), short(problem.url))
    case 'unclear':
      return say.unclear(nameProblem(problem, locale), short(problem.url))
    case 'no-address':
      return say.noAddress(nameProblem(problem, locale))
    case 'no-article':
      return say.noArticle(nameProblem(problem, locale))
    case 'no-image':
      return say.noImage(problem.place.number)
  }
}

/** The thing alone: the link “read more” (paragraph 2). */
export function nameProblem(problem: TextProblem, locale: Locale): string {
  const say = words[locale]
  const place = `${say.places[problem.place.kind]} ${problem.place.number}`
  return problem.kind === 'no-image' ? place : say.where(say.what[problem.what], short(problem.text), place)
}

const short = (text: string): string => {
  const line = cleanLine(text).trim()
  return line.length > 80 ? `${cleanLine(line.slice(0, 79))}…` : line
}
