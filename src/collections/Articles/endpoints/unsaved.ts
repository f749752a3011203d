import type { PayloadRequest } from 'payload'
import { z } from 'zod'
import { withoutOddRelations } from '../../../content/withoutOddRelations.ts'
import { LOCALES } from '../../../newsletter/model.ts'
import type { UnsavedText } from '../../../newsletter/ports.ts'
import { fileRowsOf } from '../../../deps.ts'
import { writeFileFacts } from '../../../rich-text/written/withFileFacts.ts'
import { cleanLine, cleanText } from '../../../text/cleanText.ts'
import { refuseOddValue } from '../../../shapes/refuseOddShapes.ts'

const MOST_RELATIONS = 100

/** Cleaned as a save cleans them (text/cleanEveryField). */
const line = z.string().max(1_000).transform(cleanLine).nullish()
const lines = z.string().max(1_000).transform(cleanText).nullish()
const ids = z
  .array(z.union([z.string().max(64), z.number()]))
  .max(MOST_RELATIONS)
  .nullish()

/** What a mail shows of the form; a body of at most 1 MB and 200 levels comes this far (web/bodyLimits, web/checkJson). */
export const unsavedField = z.strictObject({
  locale: z.enum(LOCALES),
  values: z.strictObject({
    title: line,
    excerpt: lines,
    content: z.record(z.string(), z.unknown()).nullish(),
    heroImage: z.union([z.string().max(64), z.number()]).nullish(),
    authors: ids,
    topics: ids,
    relatedArticles: ids,
    newsletter: z.strictObject({ subject: line, preheader: line }).optional(),
  }),
})

/** @throws 400 `wrong_type` for a value that its field cannot hold, as a save does. */
export async function checkUnsaved(
  req: PayloadRequest,
  unsaved: z.infer<typeof unsavedField> | undefined,
): Promise<UnsavedText | null> {
  if (!unsaved) return null
  const values = Object.fromEntries(Object.entries(unsaved.values).filter(([, value]) => value !== undefined))
  const { flattenedFields } = req.payload.collections.articles.config
  refuseOddValue({ slug: 'articles', flattenedFields, data: values, isEveryLocale: false, req })
  const content =
    values.content &&
    (await writeFileFacts(withoutOddRelations(req.payload, values.content), fileRowsOf(req.payload)))
  return {
    locale: unsaved.locale,
    values: { ...values, ...(content ? { content } : {}) },
  }
}
