import type { Locale } from '../../../newsletter/model.ts'
import { Message } from '../_components/Message.tsx'
import { PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import { siteText } from '../_text/siteText.ts'

export function NotFoundPage({ locale, site }: { locale: Locale; site: SiteFacts }) {
  const text = siteText[locale]
  return (
    <SiteDocument locale={locale} site={site} head={<PrivateHead site={site} title={text.notFound.title} />}>
      <Message {...text.notFound}>
        <p>
          <a className="button" href={`/${locale}`}>
            {text.home}
          </a>
        </p>
      </Message>
    </SiteDocument>
  )
}
