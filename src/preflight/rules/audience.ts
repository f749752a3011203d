import { LOCALES } from '../../newsletter/model.ts'
import type { Finding, LocalFacts } from '../model.ts'

/** Somebody gets it, and in the language that they read. */
export function audienceRules({ recipients, texts }: LocalFacts): Finding[] {
  const all = LOCALES.reduce((sum, locale) => sum + recipients[locale], 0)
  const untold = LOCALES.filter((locale) => recipients[locale] > 0 && !texts[locale])
  return [
    { code: 'audience', level: all === 0 ? 'stop' : 'ok', evidence: [String(all)], place: 'newsletter' },
    {
      code: 'language',
      level: untold.length > 0 ? 'warning' : 'ok',
      evidence: untold.map((locale) => `${locale}: ${recipients[locale]}`),
      place: 'text',
    },
  ]
}
