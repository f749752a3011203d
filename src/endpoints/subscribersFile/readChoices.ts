import { APIError, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { FIELDS, FORMATS } from '../../subscribers/fields.ts'
import type { ImportChoices } from '../../subscribers/planImport.ts'

/** Enough for the name of any column or source. */
const shortText = z.string().max(300)

const query = z.object({
  dryRun: z.enum(['0', '1']).default('0'),
  format: z.enum([...FORMATS, 'other']).optional(),
  map: z.partialRecord(z.enum(FIELDS), shortText).default({}),
  consentSource: shortText.default(''),
  /** As whoever imports calls the file: it goes into the record of consent. */
  fileName: z
    .string()
    .max(200)
    .transform((name) => name.replace(/[\p{Cc}/\\]+/gu, ' ').trim())
    .default(''),
})

/** What the address of an import says. @throws 400 that names the parameter. */
export function readChoices(req: PayloadRequest): {
  isDryRun: boolean
  fileName: string
  choices: ImportChoices
} {
  const read = query.safeParse(req.query)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new APIError(
      `${issue?.path.join('.') ?? 'query'}: ${issue?.message ?? 'is not right'}`,
      400,
      null,
      true,
    )
  }
  const { dryRun, fileName, format, map, consentSource } = read.data
  return {
    isDryRun: dryRun === '1',
    fileName: fileName || 'upload.csv',
    choices: { format, mapping: map, consentSource },
  }
}
