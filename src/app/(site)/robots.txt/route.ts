import { sitePayload } from '../_data/payload.ts'

// Otherwise Next would keep what it saw while it was built.
export const dynamic = 'force-dynamic'

/** Everything public may be found; the admin, the API and the readers' own pages not. */
export async function GET(): Promise<Response> {
  const { config } = await sitePayload()
  const lines = [
    'User-agent: *',
    'Disallow: /admin',
    'Disallow: /api/',
    'Allow: /api/media/file/',
    'Disallow: /unsubscribe',
    'Disallow: /preferences',
    // And /confirm-address.
    'Disallow: /confirm',
    '',
    `Sitemap: ${config.serverURL}/sitemap.xml`,
    '',
  ]
  return new Response(lines.join('\n'), { headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}
