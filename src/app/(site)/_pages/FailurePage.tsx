import type { Locale } from '../../../newsletter/model.ts'
import { siteText } from '../_text/siteText.ts'

/** What is left when nothing can be read, not even the site's name or stylesheet. */
export function FailurePage({ locale }: { locale: Locale }) {
  const { failed } = siteText[locale]
  return (
    <html lang={locale} style={{ colorScheme: 'light dark', font: '1.125rem/1.6 Georgia, serif' }}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{failed.title}</title>
      </head>
      <body style={{ maxWidth: '34rem', margin: '20vh auto 0', padding: '0 1.5rem' }}>
        <main>
          <h1 style={{ lineHeight: 1.2 }}>{failed.title}</h1>
          <p>{failed.text}</p>
          <p>
            {/* An empty address is this page again. */}
            <a href="">{failed.again}</a>
          </p>
        </main>
      </body>
    </html>
  )
}
