import type { Payload } from 'payload'
import type { ArticleContent } from '../../../emails/props.ts'
import type { Articles, Clock, Drafts } from '../../newsletter/ports.ts'
import { scheduleCampaign } from '../../newsletter/scheduleCampaign.ts'
import { payloadCampaigns } from './campaignOfArticle.ts'
import { findArticle } from './findArticle.ts'
import { readDraft, readForMailing } from './readForMailing.ts'
import { takeBack } from './takeBack.ts'

/**
 * @param baseUrl absolute, without a trailing slash: every address in a mail begins with it.
 * @param secret names the pages of articles that are only mailed.
 */
export const payloadArticles = ({
  payload,
  baseUrl,
  secret,
  clock,
}: {
  payload: Payload
  baseUrl: string
  secret: string
  clock: Clock
}): Articles<ArticleContent> => ({
  readForMailing: (edition) => readForMailing({ payload, baseUrl, secret, edition, now: clock.now() }),
  scheduleCampaign: async (articleId) => {
    const where = { _status: { equals: 'published' }, 'newsletter.send': { equals: true } }
    const article = await findArticle({ payload, articleId, where })
    // One that was deleted, unpublished or undone meanwhile needs no campaign.
    if (!article) return
    // Nobody knows which version was public before: one that is undone becomes a draft.
    const published = {
      publishedAt: new Date(article.updatedAt),
      isPlanned: false,
      wasPublic: true,
      formerVersion: null,
      override: null,
    }
    await scheduleCampaign(
      { campaigns: payloadCampaigns({ payload }), clock },
      { articleId: String(article.id), ...published },
    )
  },
  takeBack: (undone) => takeBack({ payload, clock, undone }),
})

/** What previews and test mails are made from; see payloadArticles. */
export const payloadDrafts = ({
  payload,
  baseUrl,
  secret,
  clock,
}: {
  payload: Payload
  baseUrl: string
  secret: string
  clock: Clock
}): Drafts<ArticleContent> => ({
  readDraft: (articleId, unsaved = null) =>
    readDraft({ payload, baseUrl, secret, articleId, now: clock.now(), unsaved }),
})
