import { LOCALES, type Locale } from '../../../newsletter/model.ts'
import type { Media } from '../../../payload-types.ts'
import type { SiteFacts } from '../_data/site.ts'
import { imageFor } from './imageSource.ts'

/**
 * Title, canonical address, translations and preview of a page. Written out rather than left to generateMetadata: it
 * reads nothing twice, and it is in the first bytes for whoever runs no script.
 */
export function PageHead({
  site,
  title,
  description,
  path,
  translations,
  image,
  article,
  locale,
}: {
  site: SiteFacts
  locale: Locale
  title: string
  description?: string | null
  /** Where this page really lives, from the root on: the canonical address. */
  path: string
  translations: Partial<Record<Locale, string>>
  image?: Media | null
  article?: { publishedAt: string | null; updatedAt: string }
}) {
  const preview = image && imageFor(image, 1280)
  return (
    <>
      <title>{title === site.name ? title : `${title} · ${site.name}`}</title>
      {description && <meta name="description" content={description} />}
      <link rel="canonical" href={site.url + path} />
      {LOCALES.map(
        (other) =>
          translations[other] && (
            <link key={other} rel="alternate" hrefLang={other} href={site.url + translations[other]} />
          ),
      )}
      <meta property="og:site_name" content={site.name} />
      <meta property="og:type" content={article ? 'article' : 'website'} />
      <meta property="og:title" content={title} />
      {description && <meta property="og:description" content={description} />}
      <meta property="og:url" content={site.url + path} />
      <meta property="og:locale" content={OPEN_GRAPH_LOCALES[locale]} />
      {preview && (
        <>
          <meta property="og:image" content={new URL(preview.url, site.url).href} />
          <meta property="og:image:width" content={String(preview.width)} />
          <meta property="og:image:height" content={String(preview.height)} />
          <meta property="og:image:alt" content={image.alt} />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
      {article?.publishedAt && <meta property="article:published_time" content={article.publishedAt} />}
      {article && <meta property="article:modified_time" content={article.updatedAt} />}
    </>
  )
}

/** For a page that only its reader may see, or that is not there. */
export function PrivateHead({ site, title }: { site: SiteFacts; title: string }) {
  return (
    <>
      <title>{`${title} · ${site.name}`}</title>
      <meta name="robots" content="noindex" />
      {/* The address holds the reader's token. */}
      <meta name="referrer" content="no-referrer" />
    </>
  )
}

const OPEN_GRAPH_LOCALES: Record<Locale, string> = { sv: 'sv_SE', en: 'en_GB' }
