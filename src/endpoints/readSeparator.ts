import type { PayloadRequest } from 'payload'
import { refusal } from '../refusals/refusal.ts'
import { separatorFor, type Separator } from '../subscribers/csv.ts'

/**
 * What splits the columns of a CSV answer: `?separator=comma|semicolon`; without it what a spreadsheet opens in columns for
 * whoever asks, by their language: semicolons in Swedish.
 * @throws 400 for another separator.
 */
export function readSeparator(req: PayloadRequest): Separator {
  const { separator } = req.query
  if (separator === undefined) return separatorFor(req.i18n.language)
  if (separator === 'comma') return ','
  if (separator === 'semicolon') return ';'
  throw refusal({
    req,
    code: 'parameter_invalid',
    status: 400,
    text: {
      en: 'separator: comma or semicolon.',
      sv: 'separator: comma (komma) eller semicolon (semikolon).',
    },
  })
}
