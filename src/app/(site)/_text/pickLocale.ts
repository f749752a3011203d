import { DEFAULT_LOCALE, LOCALES, type Locale } from '../../../newsletter/model.ts'

/**
 * The locale that suits an Accept-Language header best (RFC 9110, section 12.5.4), or the default one. `sv-FI` is
 * Swedish; `*` and a weight of 0 choose nothing.
 */
export const pickLocale = (acceptLanguage: string | null): Locale =>
  wishedLocale(acceptLanguage) ?? DEFAULT_LOCALE

/** Null when it asks for none of ours. */
export function wishedLocale(acceptLanguage: string | null): Locale | null {
  const wishes = (acceptLanguage ?? '').split(',').map(readWish)
  const best = wishes
    .filter((wish) => wish.locale !== undefined && wish.weight > 0)
    .reduce<Wish | null>((chosen, wish) => (chosen && chosen.weight >= wish.weight ? chosen : wish), null)
  return best?.locale ?? null
}

export const isLocale = (text: string): text is Locale => LOCALES.some((locale) => locale === text)

interface Wish {
  locale: Locale | undefined
  weight: number
}

function readWish(range: string): Wish {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = quality ? Number(quality.slice(2)) : 1
  return {
    locale: LOCALES.find((locale) => locale === tag.split('-')[0]),
    weight: Number.isFinite(weight) ? weight : 0,
  }
}
