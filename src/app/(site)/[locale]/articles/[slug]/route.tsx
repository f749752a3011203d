import type { Locale } from '../../../../../newsletter/model.ts'
import { currentSlugOf } from '../../../../../slugs/formerSlugs.ts'
import { pageHeaders } from '../../../_answers/headers.ts'
import { notFoundAnswer, notFoundContent } from '../../../_answers/notFound.tsx'
import { orFailure } from '../../../_answers/orFailure.tsx'
import { privateAnswer } from '../../../_answers/privateAnswer.ts'
import { publicAnswer, type PublicContent } from '../../../_answers/publicAnswer.ts'
import { redirectContent } from '../../../_answers/redirectContent.ts'
import { renderPage } from '../../../_answers/renderPage.ts'
import { routeLocale } from '../../../_answers/routeLocale.ts'
import { readDraft, readPublishedArticle } from '../../../_data/article.ts'
import { sitePayload } from '../../../_data/payload.ts'
import { readSite } from '../../../_data/site.ts'
import { ArticlePage, DraftPage } from '../../../_pages/ArticlePage.tsx'
import { articlePath } from '../../../_pages/paths.ts'

/**
 * `/{locale}/articles/{slug}`: a published article. With `?preview=1` whoever is logged in gets the newest draft, by
 * its slug or its id; for everybody else that changes nothing. A former slug leads to the present one.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ locale: string; slug: string }> },
): Promise<Response> {
  const { slug, locale: segment } = await params
  const { locale, isKnown } = routeLocale(request, segment)
  return orFailure(locale, async () => {
    if (!isKnown) return notFoundAnswer(request, locale)
    const isPreview = new URL(request.url).searchParams.get('preview') === '1'
    const preview = isPreview ? await answerWithDraft({ name: slug, locale, headers: request.headers }) : null
    return (
      preview ??
      publicAnswer({ request, key: `article ${locale} ${slug}`, make: () => makeArticle({ slug, locale }) })
    )
  })
}

async function answerWithDraft({
  name,
  locale,
  headers,
}: {
  name: string
  locale: Locale
  headers: Headers
}): Promise<Response | null> {
  const facts = await readDraft({ name, locale, headers })
  if (!facts) return null
  const site = await readSite(locale)
  return privateAnswer(<DraftPage locale={locale} site={site} facts={facts} />, { hasScript: true })
}

async function makeArticle({ slug, locale }: { slug: string; locale: Locale }): Promise<PublicContent> {
  const facts = await readPublishedArticle({ slug, locale })
  if (!facts) {
    const current = await currentSlugOf({ payload: await sitePayload(), slug })
    return current === null
      ? notFoundContent(locale)
      : redirectContent({ status: 301, path: articlePath({ locale, slug: current }) })
  }
  const site = await readSite(locale)
  return {
    status: 200,
    body: await renderPage(<ArticlePage locale={locale} site={site} facts={facts} />),
    headers: pageHeaders({ hasScript: false }),
  }
}
