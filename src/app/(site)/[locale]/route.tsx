import { findArticleCards } from '../../../content/articleCards.ts'
import type { Locale } from '../../../newsletter/model.ts'
import { pageHeaders } from '../_answers/headers.ts'
import { notFoundAnswer, notFoundContent } from '../_answers/notFound.tsx'
import { orFailure } from '../_answers/orFailure.tsx'
import { publicAnswer, type PublicContent } from '../_answers/publicAnswer.ts'
import { renderPage } from '../_answers/renderPage.ts'
import { routeLocale } from '../_answers/routeLocale.ts'
import { sitePayload } from '../_data/payload.ts'
import { readSite } from '../_data/site.ts'
import { readTopics } from '../_data/topics.ts'
import { ArticleListPage } from '../_pages/ArticleListPage.tsx'

const PAGE_SIZE = 15

/** `/{locale}`: the articles, fifteen a page (`?page=`), all or those of one topic (`?topic=`). */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale, isKnown } = routeLocale(request, (await params).locale)
  return orFailure(locale, () => {
    const wish = readWish(new URL(request.url).searchParams)
    if (!isKnown || wish.page === null) return notFoundAnswer(request, locale)
    const { topicSlug, page } = wish
    const key = `list ${locale} ${topicSlug} ${page}`
    return publicAnswer({ request, key, make: () => makeList({ locale, topicSlug, page }) })
  })
}

async function makeList({
  locale,
  topicSlug,
  page,
}: {
  locale: Locale
  topicSlug: string
  page: number
}): Promise<PublicContent> {
  const [site, topics] = await Promise.all([readSite(locale), readTopics(locale)])
  const topic = topics.find(({ slug }) => slug === topicSlug) ?? null
  if (topicSlug && !topic) return notFoundContent(locale)
  const list = await findArticleCards({
    payload: await sitePayload(),
    where: topic ? { topics: { equals: topic.id } } : {},
    locale,
    limit: PAGE_SIZE,
    page,
  })
  if (page > Math.max(1, list.totalPages)) return notFoundContent(locale)
  return {
    status: 200,
    body: await renderPage(<ArticleListPage {...{ locale, site, topics, topic, list }} />),
    headers: pageHeaders({ hasScript: false }),
  }
}

/** An empty topic is none; `page` is null for what is no page number. */
function readWish(query: URLSearchParams): { topicSlug: string; page: number | null } {
  const page = query.get('page') ?? '1'
  return { topicSlug: query.get('topic') ?? '', page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : null }
}
