import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { isEditor } from '../../../access/isEditor.ts'
import { requireEditor, requireStaff } from '../../../access/requireEditor.ts'
import { idOf } from '../../../content/idOf.ts'
import { isPublishedNow } from '../../../content/isPublishedNow.ts'
import { depsOf, reviewsOf } from '../../../deps.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import type { Article } from '../../../payload-types.ts'
import { refusal } from '../../../refusals/refusal.ts'
import type { Review } from '../../../reviews/model.ts'
import { giveBack, handIn } from '../../../reviews/reviewArticle.ts'
import { reviewMailsOf } from '../../../transactional/reviewMails.ts'
import { cleanText } from '../../../text/cleanText.ts'

const LONGEST_NOTE = 2_000

const TEXTS = {
  badNote: {
    en: `note: a text of at most ${LONGEST_NOTE} characters.`,
    sv: `note: en text med högst ${LONGEST_NOTE} tecken.`,
  },
  noNote: {
    en: `note: what is missing, in 1 to ${LONGEST_NOTE} characters.`,
    sv: `note: vad som saknas, med 1 till ${LONGEST_NOTE} tecken.`,
  },
}
const nameOf = (name: keyof typeof TEXTS) => name

const noteOf = (fault: keyof typeof TEXTS) =>
  z.string(nameOf(fault)).max(LONGEST_NOTE, nameOf(fault)).transform(cleanText)

const HAND_IN = z.strictObject({ note: noteOf('badNote').nullish() })
const GIVE_BACK = z.strictObject({
  note: noteOf('noNote').refine((note) => note.trim() !== '', nameOf('noNote')),
})

export interface ReviewAnswer {
  review: Review
}

/**
 * `POST /api/articles/:id/hand-in` {note?} by the author of a draft, or an editor -> 200 ReviewAnswer: editors see it on the desk and
 * get a mail. Asked again it changes nothing. 400, 401, 403 `not_your_article` or `article_is_published`, 404.
 */
const handInEndpoint: Endpoint = {
  path: '/:id/hand-in',
  method: 'post',
  handler: async (req) => {
    requireStaff(req)
    const article = await readRouteDocument(req, { collection: 'articles' })
    await requireOwnDraft(req, article)
    const { note } = await readJsonBody(req, HAND_IN, TEXTS)
    const review = await handIn(portsOf(req), {
      ...{ articleId: String(article.id), by: String(req.user?.id), note: note?.trim() || null },
    })
    return Response.json({ review } satisfies ReviewAnswer)
  },
}

/**
 * `POST /api/articles/:id/give-back` {note} by an editor -> 200 ReviewAnswer: its author sees it in the article and gets a mail. 400,
 * 401, 403, 404; 409 `review_state` when nobody has handed it in.
 */
const giveBackEndpoint: Endpoint = {
  path: '/:id/give-back',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const { id } = await readRouteDocument(req, { collection: 'articles' })
    const { note } = await readJsonBody(req, GIVE_BACK, TEXTS)
    const review = await giveBack(portsOf(req), {
      ...{ articleId: String(id), by: String(req.user?.id), note: note.trim() },
    })
    if (!review)
      throw refusal({
        req,
        code: 'review_state',
        status: 409,
        text: {
          en: 'Nobody has handed this article in, or somebody else has given it back.',
          sv: 'Ingen har lämnat in artikeln, eller så har någon annan redan skickat tillbaka den.',
        },
      })
    return Response.json({ review } satisfies ReviewAnswer)
  },
}

const portsOf = ({ payload }: PayloadRequest) => ({
  reviews: reviewsOf({ payload }),
  mails: reviewMailsOf(payload),
  clock: depsOf(payload).clock,
})

/** @throws 403 */
async function requireOwnDraft(req: PayloadRequest, { id, owner }: Article): Promise<void> {
  if (!isEditor({ req }) && (!owner || idOf(owner) !== req.user?.id))
    throw refusal({
      req,
      code: 'not_your_article',
      status: 403,
      text: {
        en: 'Somebody else writes this article; only they and editors hand it in.',
        sv: 'Någon annan skriver den här artikeln; bara den personen och redaktörer lämnar in den.',
      },
    })
  if (await isPublishedNow({ id, req }))
    throw refusal({
      req,
      code: 'article_is_published',
      status: 403,
      text: {
        en: 'This article is published already; ask an editor to change it.',
        sv: 'Artikeln är redan publicerad; be en redaktör att ändra den.',
      },
    })
}

export const reviewEndpoints: Endpoint[] = [handInEndpoint, giveBackEndpoint]
