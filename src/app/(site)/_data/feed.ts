import { IMAGE } from '../../../content/articleCards.ts'
import { fallbackFor } from '../../../content/articleOutlines.ts'
import type { Locale } from '../../../newsletter/model.ts'
import type { Article } from '../../../payload-types.ts'
import { sitePayload } from './payload.ts'

export type FeedArticle = Pick<
  Article,
  | 'id'
  | 'title'
  | 'slug'
  | 'excerpt'
  | 'content'
  | 'heroImage'
  | 'authors'
  | 'topics'
  | 'publishedAt'
  | 'updatedAt'
>

const ITEMS = 20

/** The newest published articles, in full. */
export async function readFeed(locale: Locale): Promise<FeedArticle[]> {
  const payload = await sitePayload()
  const { docs } = await payload.find({
    collection: 'articles',
    select: {
      title: true,
      slug: true,
      excerpt: true,
      content: true,
      heroImage: true,
      authors: true,
      topics: true,
      publishedAt: true,
      updatedAt: true,
    },
    populate: {
      media: IMAGE,
      authors: { name: true },
      topics: { name: true },
      articles: { title: true, slug: true },
    },
    sort: '-publishedAt',
    locale,
    fallbackLocale: fallbackFor(locale),
    depth: 1,
    limit: ITEMS,
    pagination: false,
    overrideAccess: false,
  })
  return docs
}
