import type { CollectionBeforeDeleteHook } from 'payload'
import { refusal } from '../../../refusals/refusal.ts'

/**
 * An article that has a campaign is not deleted for good: the campaign is what keeps it from being mailed twice, and the
 * article is what was mailed. The trash takes it off the site all the same.
 * @throws 409 with the reason.
 */
export const keepMailed: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const { totalDocs } = await req.payload.count({
    collection: 'campaigns',
    where: { article: { equals: id } },
    overrideAccess: true,
    req,
  })
  if (totalDocs > 0)
    throw refusal({
      req,
      code: 'article_mailed',
      status: 409,
      text: {
        en: 'This article has a campaign and is kept as the record of what was mailed. It can stay in the trash, where readers do not see it.',
        sv: 'Artikeln har ett utskick och sparas, så att det går att se vad som skickades. Den kan ligga kvar i papperskorgen, där läsare inte ser den.',
      },
    })
}
