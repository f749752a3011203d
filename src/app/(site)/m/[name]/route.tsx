import type { Locale } from '../../../../newsletter/model.ts'
import { depsOf } from '../../../../deps.ts'
import { isWebVersion, readWebVersionName } from '../../../../newsletter/rules/webVersion.ts'
import { pageHeaders } from '../../_answers/headers.ts'
import { notFoundContent } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { publicAnswer, type PublicContent } from '../../_answers/publicAnswer.ts'
import { redirectContent } from '../../_answers/redirectContent.ts'
import { renderPage } from '../../_answers/renderPage.ts'
import { preferredLocale } from '../../_answers/routeLocale.ts'
import { readMailed, readMailedArticle } from '../../_data/article.ts'
import { sitePayload } from '../../_data/payload.ts'
import { readSite } from '../../_data/site.ts'
import { MailedPage } from '../../_pages/ArticlePage.tsx'
import { articlePath } from '../../_pages/paths.ts'
import { isLocale } from '../../_text/pickLocale.ts'

/**
 * `/m/{name}?l={locale}`: an article that is only mailed, for those who have its mail: nobody else can make the name (see
 * webVersion). Once the article is on the site, it leads there. A name that is wrong, and an article that is hidden, answer as
 * one that never was. What a mail program takes for a part of the address is left out.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const name = readWebVersionName((await params).name)
  const named = new URL(request.url).searchParams.get('l')?.slice(0, 2) ?? ''
  const locale = isLocale(named) ? named : preferredLocale(request)
  return orFailure(locale, () =>
    name === null
      ? publicAnswer({ request, key: `404 ${locale}`, make: () => notFoundContent(locale) })
      : publicAnswer({
          request,
          key: `m ${locale} ${name.articleId}.${name.edition}.${name.key}`,
          make: () => makeAnswer({ ...name, locale }),
        }),
  )
}

async function makeAnswer({
  locale,
  ...name
}: {
  articleId: string
  edition: number
  key: string
  locale: Locale
}): Promise<PublicContent> {
  const { secret } = depsOf(await sitePayload())
  const mailed = await readMailed(name.articleId)
  if (!mailed || !isWebVersion({ ...name, secret, createdAt: mailed.createdAt }))
    return notFoundContent(locale)
  if (mailed.isPublic)
    return redirectContent({ status: 302, path: articlePath({ locale, slug: mailed.slug }) })
  const [facts, site] = await Promise.all([readMailedArticle({ id: mailed.id, locale }), readSite(locale)])
  if (!facts) return notFoundContent(locale)
  return {
    status: 200,
    body: await renderPage(<MailedPage locale={locale} site={site} facts={facts} />),
    headers: {
      ...pageHeaders({ hasScript: false }),
      'X-Robots-Tag': 'noindex',
      // The address is the key.
      'Referrer-Policy': 'no-referrer',
    },
  }
}
