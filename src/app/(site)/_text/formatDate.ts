import { LOCALES, type Locale } from '../../../newsletter/model.ts'

/** The day that an editor in Sweden sees in the admin, wherever the server stands. */
const TIME_ZONE = 'Europe/Stockholm'

const formats = new Map(
  LOCALES.map((locale) => [
    locale,
    new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: TIME_ZONE }),
  ]),
)

/** `2026-11-24T10:00:00Z` -> "24 november 2026" or "24 November 2026". */
export const formatDate = (iso: string, locale: Locale): string =>
  formats.get(locale)?.format(new Date(iso)) ?? ''
