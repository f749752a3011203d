import type { Locale } from '../../src/newsletter/model.ts'
import type { PersonalParts } from '../../src/newsletter/ports.ts'
import type { MailSite } from '../props.ts'
import { mailText } from '../_text/mailText.ts'
import { FOOTER_LINK, FOOTER_PARAGRAPH, FooterFrame } from './FooterFrame.tsx'

/** What the law asks for: who it is from and where they are, why it came, and how to leave. */
export function MailFooter({
  site,
  locale,
  personal,
}: {
  site: MailSite
  locale: Locale
  personal: PersonalParts
}) {
  const text = mailText[locale]
  return (
    <FooterFrame senderName={site.senderName} postalAddress={site.postalAddress}>
      <p style={FOOTER_PARAGRAPH}>{text.why({ email: personal.email, name: site.name })}</p>
      <p style={FOOTER_PARAGRAPH}>
        <a href={personal.unsubscribeUrl} target="_blank" style={FOOTER_LINK}>
          {text.unsubscribe}
        </a>
        {' · '}
        <a href={personal.preferencesUrl} target="_blank" style={FOOTER_LINK}>
          {text.preferences}
        </a>
      </p>
    </FooterFrame>
  )
}
