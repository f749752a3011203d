import type { Locale } from '../../../newsletter/model.ts'
import { languagesOf } from '../../../content/articleOutlines.ts'
import { sitePayload } from './payload.ts'

/** sitemaps.org allows 50,000 addresses in one file; two languages make two of each article. */
const LIMIT = 20_000

export async function readSitemap(): Promise<{
  baseUrl: string
  articles: { slug: string; updatedAt: string; languages: Locale[] }[]
}> {
  const payload = await sitePayload()
  const { docs } = await payload.find({
    collection: 'articles',
    select: { slug: true, title: true, updatedAt: true },
    locale: 'all',
    sort: '-publishedAt',
    depth: 0,
    limit: LIMIT,
    pagination: false,
    overrideAccess: false,
  })
  return {
    baseUrl: payload.config.serverURL,
    articles: docs.map(({ slug, title, updatedAt }) => ({ slug, updatedAt, languages: languagesOf(title) })),
  }
}
