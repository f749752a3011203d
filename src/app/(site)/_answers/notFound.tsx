import type { Locale } from '../../../newsletter/model.ts'
import { readSite } from '../_data/site.ts'
import { NotFoundPage } from '../_pages/NotFoundPage.tsx'
import { pageHeaders } from './headers.ts'
import type { PublicContent } from './publicAnswer.ts'
import { publicAnswer } from './publicAnswer.ts'
import { renderPage } from './renderPage.ts'

/** Nothing is there: said in the language of the address. */
export async function notFoundContent(locale: Locale): Promise<PublicContent> {
  const site = await readSite(locale)
  return {
    status: 404,
    body: await renderPage(<NotFoundPage locale={locale} site={site} />),
    headers: pageHeaders({ hasScript: false }),
  }
}

export const notFoundAnswer = (request: Request, locale: Locale): Promise<Response> =>
  publicAnswer({ request, key: `404 ${locale}`, make: () => notFoundContent(locale) })
