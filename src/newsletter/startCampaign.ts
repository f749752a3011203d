import type { CampaignToPrepare } from './model.ts'
import type { Flow, MailingSource } from './ports.ts'
import { ARTICLE_UNPUBLISHED } from './rules/problems.ts'

export type ReadySource<Content> = Extract<MailingSource<Content>, { kind: 'ready' }>

/**
 * scheduled -> preparing: reads the article as it is published now and fixes the audience's topics. An article that
 * was unpublished before anything was mailed makes its campaign wait; a site without what the law asks for makes it
 * fail, to be retried after mending.
 * @returns the article to render, or null when the campaign does not go on.
 */
export async function startCampaign<Content>(
  { store, articles, clock, log }: Flow<Content>,
  { campaign, token }: { campaign: CampaignToPrepare; token: string },
): Promise<ReadySource<Content> | null> {
  const source = await articles.readForMailing(campaign.articleId)
  const now = clock.now()
  if (source.kind === 'ready') {
    const isStarted = await store.startCampaign({ id: campaign.id, token, topicIds: source.topicIds, now })
    return isStarted ? source : null
  }
  const to = source.kind === 'unpublished' ? 'paused' : 'failed'
  const problem = source.kind === 'unpublished' ? UNPUBLISHED : source.problem
  await store.stopPreparing({ id: campaign.id, token, to, problem, now })
  log('campaign.stopped', { campaign: campaign.id, to, problem: problem.code })
  return null
}

const UNPUBLISHED = {
  code: ARTICLE_UNPUBLISHED,
  message:
    'The article was unpublished before anything was mailed. Publish it again and the mailing goes on.',
}
