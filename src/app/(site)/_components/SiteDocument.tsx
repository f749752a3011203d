import type { CSSProperties, ReactNode } from 'react'
import { LOCALES, type Locale } from '../../../newsletter/model.ts'
import type { Media } from '../../../payload-types.ts'
import { assetUrl } from '../_assets/assets.ts'
import type { SiteFacts } from '../_data/site.ts'
import { contactPath, subscribePath } from '../_pages/paths.ts'
import { siteText } from '../_text/siteText.ts'
import { sourceSetOf } from './imageSource.ts'
import { SiteImage } from './SiteImage.tsx'
import { telephone } from './telephone.ts'

/** The paths of one page in each language that it is there in. */
export type Translations = Partial<Record<Locale, string>>

/**
 * A whole page of the site, from <html> on.
 * @param head what search engines and previews read, see PageHead.
 * @param translations without one of a language, the link to that language leads to the start page. Null: no such links,
 *   as on a reader's own page, which is in the language that they chose.
 */
export function SiteDocument({
  locale,
  site,
  head,
  translations = {},
  children,
}: {
  locale: Locale
  site: SiteFacts
  head: ReactNode
  translations?: Translations | null
  children: ReactNode
}) {
  return (
    <html lang={locale} style={brand(site.brandColor)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {head}
        <link rel="stylesheet" href={assetUrl('site.css')} />
        <link rel="icon" href={dot(site.brandColor)} type="image/svg+xml" />
        <link rel="alternate" type="application/rss+xml" title={site.name} href={`/${locale}/rss.xml`} />
      </head>
      <body>
        <a className="skip-link" href="#content">
          {siteText[locale].skipToContent}
        </a>
        <SiteHeader locale={locale} site={site} translations={translations} />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter locale={locale} site={site} />
      </body>
    </html>
  )
}

function SiteHeader({
  locale,
  site,
  translations,
}: {
  locale: Locale
  site: SiteFacts
  translations: Translations | null
}) {
  return (
    <header className="site-header">
      <a className="site-name" href={`/${locale}`}>
        {site.logo ? <SiteLogo logo={site.logo} onDark={site.logoOnDark} alt={site.name} /> : site.name}
      </a>
      {translations && <Languages locale={locale} translations={translations} />}
    </header>
  )
}

function SiteLogo({ logo, onDark, alt }: { logo: Media; onDark: Media | null; alt: string }) {
  const sizes = '12rem'
  return (
    <picture>
      {onDark && <source media="(prefers-color-scheme: dark)" srcSet={sourceSetOf(onDark)} sizes={sizes} />}
      <SiteImage image={logo} alt={alt} sizes={sizes} isUrgent />
    </picture>
  )
}

function Languages({ locale, translations }: { locale: Locale; translations: Translations }) {
  return (
    <ul className="languages">
      {LOCALES.filter((other) => other !== locale).map((other) => (
        <li key={other}>
          <a href={translations[other] ?? `/${other}`} hrefLang={other} lang={other}>
            {siteText[other].language}
          </a>
        </li>
      ))}
    </ul>
  )
}

function SiteFooter({ locale, site }: { locale: Locale; site: SiteFacts }) {
  return (
    <footer className="site-footer">
      <p className="site-footer-name">{site.name}</p>
      {site.postalAddress && <p className="postal-address">{site.postalAddress}</p>}
      <ul>
        {site.phone && (
          <li>
            <a href={telephone(site.phone)}>{site.phone}</a>
          </li>
        )}
        <li>
          <a href={contactPath(locale)}>{siteText[locale].writeToUs}</a>
        </li>
        <li>
          <a href={subscribePath(locale)}>{siteText[locale].subscribe.link}</a>
        </li>
        <li>
          <a href={`/${locale}/rss.xml`}>{siteText[locale].follow}</a>
        </li>
      </ul>
    </footer>
  )
}

/** The stylesheet makes every colour of the site from this one. */
const brand = (color: string): CSSProperties & Record<'--brand', string> => ({ '--brand': color })

const dot = (color: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${color}"/></svg>`,
  )}`
