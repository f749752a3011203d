import type { Locale } from '../../src/newsletter/model.ts'

/** "Sanna", "Sanna och Frida", "Sanna, Frida and Kim" */
export const listOf = (names: string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'en' ? 'en-GB' : 'sv-SE', { type: 'conjunction' }).format(names)
