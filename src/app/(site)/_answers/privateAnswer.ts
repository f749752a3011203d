import type { ReactElement } from 'react'
import { pageHeaders } from './headers.ts'
import { renderPage } from './renderPage.ts'

/** Answers with a page that is for one person: kept nowhere, and its address (with its token) is passed on to nobody. */
export async function privateAnswer(
  page: ReactElement,
  { status = 200, hasScript = false }: { status?: number; hasScript?: boolean } = {},
): Promise<Response> {
  return new Response(await renderPage(page), {
    status,
    headers: {
      ...pageHeaders({ hasScript }),
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'no-referrer',
    },
  })
}
