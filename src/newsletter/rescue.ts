import type { Flow } from './ports.ts'

/**
 * Closes the gaps between an article and its campaign: an article that was saved as published, and then a crash before
 * its campaign; one that was published again right when a worker, who had read it as unpublished, made its campaign
 * wait. Expired leases and half-made audiences need no rescue: the next claim takes them.
 * @returns whether something was found.
 */
export async function rescue<Content>({ store, articles, log }: Flow<Content>): Promise<boolean> {
  const found = await store.findForgottenArticles({ limit: 100 })
  for (const article of found) {
    await articles.scheduleCampaign(article)
    log('campaign.rescued', { article })
  }
  return found.length > 0
}
