import type { Locale } from '../../src/newsletter/model.ts'

/** The day that an editor in Sweden sees in the admin, wherever the worker stands. */
const TIME_ZONE = 'Europe/Stockholm'
const FORMATS: Record<Locale, Intl.DateTimeFormat> = {
  sv: new Intl.DateTimeFormat('sv-SE', { dateStyle: 'long', timeZone: TIME_ZONE }),
  en: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: TIME_ZONE }),
}

/** `2026-11-24T10:00:00Z` -> "24 november 2026" or "24 November 2026"; empty for what is no date. */
export function formatDate(iso: string, locale: Locale): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? '' : FORMATS[locale].format(date)
}
