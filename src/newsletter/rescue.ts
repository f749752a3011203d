import type { Flow } from './ports.ts'
import { takeBackUndone } from './undoCampaign.ts'

/**
 * Closes the gaps that a crash leaves between an article and its campaign:
 * - a campaign that was undone, and whose article is not back;
 * - an article that was saved as published, and has no campaign;
 * - an article that was published again right when a worker, who had read it as unpublished, made its campaign wait.
 * Expired leases and half-made audiences need no rescue: the next claim takes them. An article that fails does not keep the
 * others waiting, and is found again.
 * @returns whether there was such a gap and it is closed.
 */
export async function rescue<Content>(flow: Flow<Content>): Promise<boolean> {
  const { store, articles, log } = flow
  let hasRescued = await takeBackUndone(flow)
  for (const article of await store.findForgottenArticles({ limit: 100 }))
    try {
      await articles.scheduleCampaign(article)
      log('campaign.rescued', { article })
      hasRescued = true
    } catch (error) {
      log('campaign.not_rescued', { article, error: error instanceof Error ? error.message : String(error) })
    }
  return hasRescued
}
