import { LOCALES, type Locale } from '../../../newsletter/model.ts'
import { readSitemap } from '../_data/sitemap.ts'

// Otherwise Next would keep what it saw while it was built.
export const dynamic = 'force-dynamic'

/** The start pages and every published article in the languages that it is there in (sitemaps.org). */
export async function GET(): Promise<Response> {
  const { baseUrl, articles } = await readSitemap()
  const entries = [
    ...LOCALES.map((locale) => entry({ paths: startPaths, locale, baseUrl })),
    ...articles.flatMap(({ slug, updatedAt, languages }) => {
      const paths = Object.fromEntries(languages.map((locale) => [locale, `/${locale}/articles/${slug}`]))
      return languages.map((locale) => entry({ paths, locale, baseUrl, updatedAt }))
    }),
  ]
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join('\n')}
</urlset>
`
  return new Response(xml, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } })
}

type Paths = Partial<Record<Locale, string>>

const startPaths: Paths = Object.fromEntries(LOCALES.map((locale) => [locale, `/${locale}`]))

/** Slugs hold no character that XML would want escaped. */
function entry({
  paths,
  locale,
  baseUrl,
  updatedAt,
}: {
  paths: Paths
  locale: Locale
  baseUrl: string
  updatedAt?: string
}): string {
  const links = Object.entries(paths).map(
    ([language, path]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${baseUrl}${path}"/>`,
  )
  const modified = updatedAt ? `<lastmod>${updatedAt}</lastmod>` : ''
  return `<url><loc>${baseUrl}${paths[locale]}</loc>${modified}${links.join('')}</url>`
}
