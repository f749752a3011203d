import type { Locale } from '../../../newsletter/model.ts'
import { sitePayload } from '../_data/payload.ts'
import { FailurePage } from '../_pages/FailurePage.tsx'
import { pageHeaders } from './headers.ts'
import { renderPage } from './renderPage.ts'

/** Runs a route; when the database or the page itself fails, the visitor gets a page that says so (503), and staff a log line. */
export async function orFailure(locale: Locale, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    await report(error)
    return new Response(await renderPage(<FailurePage locale={locale} />), {
      status: 503,
      headers: { ...pageHeaders({ hasScript: false }), 'Cache-Control': 'no-store', 'Retry-After': '30' },
    })
  }
}

/** Payload's log is there once Payload is; before that there is only the console. */
async function report(error: unknown): Promise<void> {
  const payload = await sitePayload().catch(() => null)
  if (payload) payload.logger.error({ event: 'site.failed', err: error })
  else console.error('site.failed', error)
}
