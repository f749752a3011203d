import type { Payload } from 'payload'
import type { ArticleContent } from '../../../emails/props.ts'
import { scheduleCampaign } from '../../content/scheduleCampaign.ts'
import type { Articles, Clock, Drafts } from '../../newsletter/ports.ts'
import { findArticle } from './findArticle.ts'
import { readDraft, readForMailing } from './readForMailing.ts'

/** @param baseUrl absolute, without a trailing slash: every address in a mail begins with it. */
export const payloadArticles = ({
  payload,
  baseUrl,
}: {
  payload: Payload
  baseUrl: string
}): Articles<ArticleContent> => ({
  readForMailing: (articleId) => readForMailing({ payload, baseUrl, articleId }),
  scheduleCampaign: async (articleId) => {
    const article = await findArticle({ payload, articleId })
    // One that was deleted meanwhile needs no campaign.
    if (article) await scheduleCampaign({ payload, articleId: article.id })
  },
})

/** What previews and test mails are made from; see payloadArticles. */
export const payloadDrafts = ({
  payload,
  baseUrl,
  clock,
}: {
  payload: Payload
  baseUrl: string
  clock: Clock
}): Drafts<ArticleContent> => ({
  readDraft: (articleId) => readDraft({ payload, baseUrl, articleId, now: clock.now() }),
})
