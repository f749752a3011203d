import type { Locale } from '../../../../newsletter/model.ts'
import { toDocumentId } from '../../../../content/toDocumentId.ts'
import { publicSlugOf } from '../../../../slugs/formerSlugs.ts'
import { notFoundContent } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { publicAnswer, type PublicContent } from '../../_answers/publicAnswer.ts'
import { redirectContent } from '../../_answers/redirectContent.ts'
import { preferredLocale } from '../../_answers/routeLocale.ts'
import { sitePayload } from '../../_data/payload.ts'
import { articlePath } from '../../_pages/paths.ts'
import { isLocale } from '../../_text/pickLocale.ts'

/**
 * `/a/{id}?l={locale}`: the permanent address of an article, which mails carry. It leads to where the article is now, for
 * as long as readers see it. One that is hidden answers as one that never was, and so does what is no id. What a mail
 * program takes for a part of the address (a full stop, a bracket) is left out.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const id = /^[0-9a-z]*/i.exec((await params).id)?.[0] ?? ''
  const named = new URL(request.url).searchParams.get('l')?.slice(0, 2) ?? ''
  const locale = isLocale(named) ? named : preferredLocale(request)
  return orFailure(locale, () =>
    publicAnswer({
      request,
      key: `a ${locale} ${id.slice(0, 24)}`,
      make: () => makeAnswer({ text: id, locale }),
    }),
  )
}

async function makeAnswer({ text, locale }: { text: string; locale: Locale }): Promise<PublicContent> {
  const payload = await sitePayload()
  const id = toDocumentId({ payload, text })
  const slug = id === null ? null : await publicSlugOf({ payload, id })
  return slug === null
    ? notFoundContent(locale)
    : redirectContent({ status: 302, path: articlePath({ locale, slug }) })
}
