import { notFoundAnswer } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { publicAnswer, type PublicContent } from '../../_answers/publicAnswer.ts'
import { routeLocale } from '../../_answers/routeLocale.ts'
import { readFeed } from '../../_data/feed.ts'
import { readSite } from '../../_data/site.ts'
import type { Locale } from '../../../../newsletter/model.ts'
import { toRss } from '../../_pages/feed.tsx'

/** `/{locale}/rss.xml`: the newest articles in full. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale, isKnown } = routeLocale(request, (await params).locale)
  return orFailure(locale, () =>
    isKnown
      ? publicAnswer({ request, key: `rss ${locale}`, make: () => makeFeed(locale) })
      : notFoundAnswer(request, locale),
  )
}

async function makeFeed(locale: Locale): Promise<PublicContent> {
  const [site, articles] = await Promise.all([readSite(locale), readFeed(locale)])
  return {
    status: 200,
    body: await toRss({ site, articles, locale }),
    headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' },
  }
}
