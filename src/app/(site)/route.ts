import { pickLocale } from './_text/pickLocale.ts'

/** `/` leads to the start page in the language that the browser prefers. */
export function GET(request: Request): Response {
  const locale = pickLocale(request.headers.get('accept-language'))
  return new Response(null, { status: 307, headers: { Location: `/${locale}`, Vary: 'Accept-Language' } })
}
