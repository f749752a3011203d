import { z } from 'zod'

/** What staff write is kept with the suppression. */
const LONGEST_REASON = 2_000

/** What a reason may be refused for; see readJsonBody. */
export const REASON_TEXTS = {
  noReason: { en: 'Say why, in a few words.', sv: 'Skriv varför, med några ord.' },
  longReason: { en: `At most ${LONGEST_REASON} characters.`, sv: `Högst ${LONGEST_REASON} tecken.` },
}
const nameOf = (name: keyof typeof REASON_TEXTS) => name

export const reasonField = z
  .string(nameOf('noReason'))
  .trim()
  .min(1, nameOf('noReason'))
  .max(LONGEST_REASON, nameOf('longReason'))
