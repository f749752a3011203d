import type { Flow } from './ports.ts'

/**
 * Closes the gap that a crash can leave between two writes: an article that was saved as published without its
 * campaign. Expired leases and half-made audiences need no rescue: the next claim takes them.
 * @returns whether something was found.
 */
export async function rescue<Content>({ store, articles, log }: Flow<Content>): Promise<boolean> {
  const found = await store.findArticlesWithoutCampaign({ limit: 100 })
  for (const article of found) {
    await articles.scheduleCampaign(article)
    log('campaign.rescued', { article })
  }
  return found.length > 0
}
