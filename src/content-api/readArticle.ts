import { formatText, readingMinutesOf } from './formatText.ts'
import type { ContentPorts } from './ports.ts'
import type { ArticleQuery } from './queries.ts'
import type { ArticleAnswer } from './shapes.ts'

/** An article, or where it has moved to, or null for one that is not there: hidden and absent are the same. */
export async function readArticle(
  ports: ContentPorts,
  { slug, locale, fallback, format }: ArticleQuery & { slug: string },
): Promise<{ article: ArticleAnswer } | { movedTo: string } | null> {
  const { content } = ports
  const found = await content.readArticle({ slug, locale, onlyTranslated: !fallback })
  if (!found) {
    const current = await content.currentSlug(slug)
    return current === null || current === slug ? null : { movedTo: current }
  }
  const { card, text, authors, related, image } = found
  const { language } = card
  return {
    article: {
      ...card,
      authors,
      format,
      content: await formatText(ports, { text, format, language }),
      readingMinutes: readingMinutesOf(ports, { text, language }),
      related,
      seo: {
        title: card.title,
        description: card.excerpt,
        image: image?.url ?? null,
        canonical: card.url,
        alternates: card.languages.map((each) => ({
          ...{ language: each, url: content.articleUrl({ slug: card.slug, locale: each }) },
        })),
      },
    },
  }
}
