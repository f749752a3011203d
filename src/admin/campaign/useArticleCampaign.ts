'use client'

import { useAllFormFields, useDocumentInfo } from '@payloadcms/ui'
import type { AudienceAnswer } from '../../collections/Articles/endpoints/audience.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { campaignFacts, SHOWN_OF_CAMPAIGN, whileMoving, type CampaignDoc } from './campaignFacts.ts'

/** What the article's form says now about its newsletter, saved or not. */
function useNewsletterChoice(): { wantsNewsletter: boolean; topicIds: string } {
  const [fields] = useAllFormFields()
  const topics: unknown = fields['newsletter.topics']?.value
  return {
    wantsNewsletter: Boolean(fields['newsletter.send']?.value),
    topicIds: Array.isArray(topics) ? topics.map(String).join(',') : '',
  }
}

/** A later edition that was undone has changed nothing. */
const NOT_UNDONE = 'where[or][0][edition][equals]=1&where[or][1][undoneAt][exists]=false'

export type ArticleMailing =
  | { kind: 'unknown'; isFailed: boolean }
  /** The newest campaign of the article. A first one that was undone in its hold counts as none. */
  | { kind: 'started'; campaign: CampaignDoc; wantsNewsletter: boolean; isFailed: boolean }
  | { kind: 'off'; undone: CampaignDoc | null }
  /** Who would get it, told to editors alone. */
  | { kind: 'wanted'; audience: AudienceAnswer | null; undone: CampaignDoc | null; isFailed: boolean }

/** What has become of the article's newsletter, or what publishing would do. */
export function useArticleMailing({ isEditor }: { isEditor: boolean }): ArticleMailing {
  const { id, lastUpdateTime } = useDocumentInfo()
  const { wantsNewsletter, topicIds } = useNewsletterChoice()
  const campaigns = useAnswer<{ docs: CampaignDoc[] }>({
    path:
      id === undefined
        ? null
        : `/campaigns?where[article][equals]=${id}&${NOT_UNDONE}&sort=-edition&limit=1&pagination=false&${SHOWN_OF_CAMPAIGN}`,
    everyMs: (answer) => whileMoving(answer?.docs[0]),
    version: lastUpdateTime,
  })
  const found = campaigns.answer?.docs[0]
  const undone = found && campaignFacts(found).state === 'undone' ? found : null
  const campaign = undone ? undefined : found
  const isNotStarted = id === undefined || (campaigns.answer !== null && !campaign)
  const audience = useAnswer<AudienceAnswer>({
    path: isNotStarted && wantsNewsletter && isEditor ? `/articles/audience?topics=${topicIds}` : null,
    version: lastUpdateTime,
  })
  if (campaign) return { kind: 'started', campaign, wantsNewsletter, isFailed: campaigns.isFailed }
  if (!isNotStarted) return { kind: 'unknown', isFailed: campaigns.isFailed }
  if (!wantsNewsletter) return { kind: 'off', undone }
  return { kind: 'wanted', audience: audience.answer, undone, isFailed: audience.isFailed }
}
