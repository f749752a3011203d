import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import type { Locale } from '../../newsletter/model.ts'
import { FIELDS, FORMATS } from '../../subscribers/fields.ts'
import { MEANINGS } from '../../subscribers/readStatuses.ts'
import type { ImportChoices } from '../../subscribers/planImport.ts'
import { refusal } from '../../refusals/refusal.ts'

/** Enough for the name of any column or source. */
const shortText = z.string().max(300)

const valueAnswer = z.object({ column: shortText, value: shortText, means: z.enum(MEANINGS) })
const columnAnswer = z.object({
  column: shortText,
  value: z.null().default(null),
  means: z.literal('ignore'),
})

/** By its name: a tab in an address is easily lost. */
export const SEPARATOR_NAMES = { comma: ',', semicolon: ';', tab: '\t', bar: '|' } as const
export type SeparatorName = keyof typeof SEPARATOR_NAMES

export const separatorField = z
  .enum(Object.keys(SEPARATOR_NAMES) as [SeparatorName, ...SeparatorName[]])
  .transform((name) => SEPARATOR_NAMES[name])
  .optional()

const query = z.object({
  dryRun: z.enum(['0', '1']).default('0'),
  format: z.enum([...FORMATS, 'other']).optional(),
  map: z.partialRecord(z.enum(FIELDS), shortText).default({}),
  consentSource: shortText.default(''),
  consentText: z.string().max(2_000).default(''),
  topic: shortText.default(''),
  separator: separatorField,
  /** [{column, value, means}] as JSON: what values mean that the file leaves open; without `value` the column is ignored. */
  answers: z
    .string()
    .max(20_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text)
      } catch {
        context.addIssue('must be JSON: [{"column": "Status", "value": "Inactive", "means": "left"}]')
        return z.NEVER
      }
    })
    .pipe(z.array(z.union([valueAnswer, columnAnswer])).max(200))
    .default([]),
  /** As whoever imports calls the file: it goes into the record of consent. */
  fileName: z
    .string()
    .max(200)
    .transform((name) => name.replace(/[\p{Cc}/\\]+/gu, ' ').trim())
    .default(''),
})

const NOT_RIGHT = { en: 'is not right.', sv: 'stämmer inte.' }
const RULES: Record<string, Record<Locale, string>> = {
  dryRun: { en: 'must be 0 or 1.', sv: 'ska vara 0 eller 1.' },
  format: {
    en: `must be one of ${[...FORMATS, 'other'].join(', ')}.`,
    sv: `ska vara något av ${[...FORMATS, 'other'].join(', ')}.`,
  },
  map: {
    en: `must name a column of the file for a field: map[${FIELDS.join('], map[')}].`,
    sv: `ska ange filens kolumn för ett fält: map[${FIELDS.join('], map[')}].`,
  },
  consentSource: { en: 'must have at most 300 characters.', sv: 'får ha högst 300 tecken.' },
  consentText: { en: 'must have at most 2000 characters.', sv: 'får ha högst 2000 tecken.' },
  topic: { en: 'must be the slug of a topic.', sv: 'ska vara ett ämnes slugg.' },
  separator: {
    en: 'must be one of comma, semicolon, tab, bar.',
    sv: 'ska vara något av comma, semicolon, tab, bar.',
  },
  fileName: { en: 'must have at most 200 characters.', sv: 'får ha högst 200 tecken.' },
}

/** What the address of an import says. @throws 400 that names the parameter. */
export function readChoices(req: PayloadRequest): {
  isDryRun: boolean
  fileName: string
  choices: ImportChoices
} {
  const read = query.safeParse(req.query)
  if (!read.success) {
    const path = read.error.issues[0]?.path ?? []
    const name = path.join('.') || 'query'
    const reason = RULES[String(path[0])] ?? NOT_RIGHT
    throw refusal({
      req,
      code: 'parameter_invalid',
      status: 400,
      text: { en: `${name}: ${reason.en}`, sv: `${name}: ${reason.sv}` },
    })
  }
  const { dryRun, fileName, map, ...choices } = read.data
  return {
    isDryRun: dryRun === '1',
    fileName: fileName || 'upload.csv',
    choices: { ...choices, mapping: map },
  }
}
