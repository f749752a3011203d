import { Feed, type Item } from 'feed'
import { populated } from '../../../content/articleCards.ts'
import type { Locale } from '../../../newsletter/model.ts'
import { renderMarkup } from '../_answers/renderPage.ts'
import { imageFor } from '../_components/imageSource.ts'
import type { FeedArticle } from '../_data/feed.ts'
import type { SiteFacts } from '../_data/site.ts'
import { ArticleBody } from '../../../rich-text/html/ArticleBody.tsx'
import { articlePath, listPath } from './paths.ts'

/** The articles in full as RSS 2.0; every address in it is absolute. */
export async function toRss({
  site,
  articles,
  locale,
}: {
  site: SiteFacts
  articles: FeedArticle[]
  locale: Locale
}): Promise<string> {
  const start = site.url + listPath({ locale })
  const feed = new Feed({
    id: start,
    link: start,
    title: site.name,
    description: site.tagline ?? site.name,
    language: locale,
    feedLinks: { rss: `${start}/rss.xml` },
    copyright: site.name,
    generator: 'Utskick',
    // Not the time of day: the feed is the same as long as the articles are.
    updated: new Date(Math.max(0, ...articles.map(({ updatedAt }) => Date.parse(updatedAt)))),
  })
  for (const article of articles) feed.addItem(await toItem({ article, site, locale }))
  return feed.rss2()
}

async function toItem({
  article,
  site,
  locale,
}: {
  article: FeedArticle
  site: SiteFacts
  locale: Locale
}): Promise<Item> {
  const heroImage = populated(article.heroImage)
  const image = heroImage && imageFor(heroImage, 1280)
  const named = [...(article.authors ?? [])].map(populated).filter((author) => author !== null)
  return {
    // Stays when the slug changes, so that no feed reader shows the article twice.
    id: `${site.url}/articles/${article.id}`,
    link: site.url + articlePath({ locale, slug: article.slug }),
    title: article.title,
    description: article.excerpt ?? undefined,
    content: await renderMarkup(<ArticleBody content={article.content} locale={locale} baseUrl={site.url} />),
    date: new Date(article.publishedAt ?? article.updatedAt),
    author: named.map(({ name }) => ({ name })),
    category: (article.topics ?? []).map(populated).flatMap((topic) => (topic ? [{ name: topic.name }] : [])),
    image: image ? new URL(image.url, site.url).href : undefined,
  }
}
