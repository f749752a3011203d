import type { Locale } from '../../../newsletter/model.ts'
import { isLocale, pickLocale } from '../_text/pickLocale.ts'

/** The language that an address names, or, where it names none, the one that the browser prefers. */
export function routeLocale(
  request: Request,
  segment: string,
): { locale: Locale; isKnown: true } | { locale: Locale; isKnown: false } {
  if (isLocale(segment)) return { locale: segment, isKnown: true }
  return { locale: preferredLocale(request), isKnown: false }
}

export const preferredLocale = (request: Request): Locale =>
  pickLocale(request.headers.get('accept-language'))
