import type { Payload } from 'payload'
import { toDocumentId } from '../content/toDocumentId.ts'
import { depsOf } from '../deps.ts'
import { DEFAULT_LOCALE, type Id } from '../newsletter/model.ts'
import type { User } from '../payload-types.ts'
import type { Colleague, Review } from '../reviews/model.ts'
import type { ReviewMails } from '../reviews/ports.ts'
import { queueMail } from './queueMail.ts'

/** No editorial staff is larger; beyond it the desk tells. */
const MOST_EDITORS = 50

/** See ReviewMails. The mails wait in their rows, as all do. */
export const reviewMailsOf = (payload: Payload): ReviewMails => {
  const contentOf = async ({ from, review }: { from: Colleague; review: Review }) => ({
    ...{ from: from.name, title: await titleOf(payload, review.articleId), message: review.note ?? '' },
    adminUrl: `${depsOf(payload).env.serverUrl}/admin/collections/articles/${review.articleId}`,
  })
  const keyOf = ({ to, review }: { to: Colleague; review: Review }) =>
    `review ${review.articleId} ${review.state} ${review.at.toISOString()} ${to.id}`
  return {
    async editors() {
      const { docs } = await payload.find({
        collection: 'users',
        where: { role: { in: ['editor', 'admin'] } },
        sort: 'id',
        ...{ depth: 0, limit: MOST_EDITORS, pagination: false, overrideAccess: true },
      })
      return docs.map(toColleague)
    },

    async colleague(id) {
      const found = await payload.findByID({
        ...{ collection: 'users', id: toDocumentId({ payload, text: id }) ?? id },
        ...{ depth: 0, overrideAccess: true, disableErrors: true },
      })
      return found ? toColleague(found) : null
    },

    async tellHandedIn(mail) {
      const request = { kind: 'review-asked' as const, ...(await contentOf(mail)) }
      await queueMail({
        payload,
        request: { ...request, to: mail.to, locale: DEFAULT_LOCALE, idempotencyKey: keyOf(mail) },
      })
    },

    async tellReturned(mail) {
      const request = { kind: 'review-returned' as const, ...(await contentOf(mail)) }
      await queueMail({
        payload,
        request: { ...request, to: mail.to, locale: DEFAULT_LOCALE, idempotencyKey: keyOf(mail) },
      })
    },
  }
}

const toColleague = ({ id, name, email }: User): Colleague => ({ id: String(id), name: name || email, email })

async function titleOf(payload: Payload, articleId: Id): Promise<string> {
  const article = await payload.findByID({
    ...{
      collection: 'articles',
      id: toDocumentId({ payload, text: articleId }) ?? articleId,
      draft: true,
      select: { title: true },
    },
    ...{ locale: DEFAULT_LOCALE, depth: 0, overrideAccess: true, disableErrors: true },
  })
  return article?.title ?? ''
}
