import { waitsForPublishing } from '../../newsletter/rules/waitsForPublishing.ts'
import { campaignFacts, type CampaignDoc } from './campaignFacts.ts'
import type { ArticleMailing } from './useArticleCampaign.ts'

/**
 * What a click on Publish does, besides saving.
 * - `mailingGoesOn`: the campaign waits for the article to be published, or mended and published again.
 * - `updateBoth`: the campaign has mailed nobody yet, and its mail is made from what is published now.
 */
export type PublishEffect =
  { kind: 'toSite' | 'updateSite' | 'mailingGoesOn' | 'updateBoth' } | { kind: 'andMail'; recipients: number }

/** Null while nobody knows, and where publishing mails nobody although it should: the forecast says why. */
export function publishEffect({
  mailing,
  isPublished,
}: {
  mailing: ArticleMailing
  isPublished: boolean
}): PublishEffect | null {
  const siteAlone = { kind: isPublished ? 'updateSite' : 'toSite' } as const
  switch (mailing.kind) {
    case 'unknown':
      return null
    case 'off':
      return siteAlone
    case 'started': {
      const { campaign } = mailing
      // A later edition does not go by what the article's form says of its newsletter.
      const wantsNewsletter = mailing.wantsNewsletter || campaign.edition > 1
      if (wantsNewsletter && waitsForArticle({ campaign, isPublished })) return { kind: 'mailingGoesOn' }
      return wantsNewsletter && campaignFacts(campaign).isUnopened ? { kind: 'updateBoth' } : siteAlone
    }
    case 'wanted': {
      const { recipients = 0, missing = [] } = mailing.audience ?? {}
      return recipients > 0 && missing.length === 0 ? { kind: 'andMail', recipients } : null
    }
  }
}

/** Publishing resumes such a campaign (newsletter/scheduleCampaign). */
const waitsForArticle = ({
  campaign: { status, problem },
  isPublished,
}: {
  campaign: Pick<CampaignDoc, 'status' | 'problem'>
  isPublished: boolean
}): boolean =>
  (status === 'paused' && waitsForPublishing(problem?.code)) ||
  (!isPublished && (status === 'holding' || status === 'scheduled' || status === 'preparing'))
