import type { CampaignToPrepare } from './model.ts'
import type { Flow, MailingSource } from './ports.ts'
import { ARTICLE_UNPUBLISHED } from './rules/problems.ts'
import { stopPreparing } from './stopPreparing.ts'

export type ReadySource<Content> = Extract<MailingSource<Content>, { kind: 'ready' }>

/**
 * scheduled -> preparing: reads the article as it is published now and fixes the audience's topics; those of a try that
 * a crash ended stay, and so do those of a later edition. An article that was unpublished before anything was mailed makes its campaign wait; a site without what the law asks for makes it
 * fail, to be retried after mending.
 * @returns the article to render, or null when the campaign does not go on.
 */
export async function startCampaign<Content>(
  flow: Flow<Content>,
  { campaign, token }: { campaign: CampaignToPrepare; token: string },
): Promise<ReadySource<Content> | null> {
  const { store, articles, clock } = flow
  const { id } = campaign
  const source = await articles.readForMailing(campaign.edition)
  switch (source.kind) {
    case 'ready': {
      const chosen = campaign.editionTopicIds ?? source.topicIds
      const topicIds = campaign.status === 'preparing' ? campaign.topicIds : chosen
      const isStarted = await store.startCampaign({ id, token, topicIds, now: clock.now() })
      return isStarted ? { ...source, topicIds } : null
    }
    case 'unpublished':
      await stopPreparing(flow, { id, token, to: 'paused', problem: UNPUBLISHED })
      return null
    case 'incomplete':
      await stopPreparing(flow, { id, token, to: 'failed', problem: source.problem })
      return null
  }
}

/** Why a campaign waits for its article. */
export const UNPUBLISHED = {
  code: ARTICLE_UNPUBLISHED,
  message:
    'The article was unpublished before anything was mailed. Publish it again and the mailing goes on.',
}
