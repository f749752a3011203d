import { notFoundAnswer } from '../../_answers/notFound.tsx'
import { orFailure } from '../../_answers/orFailure.tsx'
import { routeLocale } from '../../_answers/routeLocale.ts'

/** Whatever no other route answers. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ locale: string }> },
): Promise<Response> {
  const { locale } = routeLocale(request, (await params).locale)
  return orFailure(locale, () => notFoundAnswer(request, locale))
}
