import type { Locale } from '../../src/newsletter/model.ts'
import { FOOTER_LINK, FOOTER_PARAGRAPH, FooterFrame } from '../_components/FooterFrame.tsx'
import { MailDocument } from '../_components/MailDocument.tsx'
import { MailHeader } from '../_components/MailHeader.tsx'
import { brandColors, light, type BrandColors } from '../_theme/colors.ts'
import { TEXT_FONT, TEXT_WIDTH } from '../_theme/styles.ts'
import { LetterBody } from './LetterBody.tsx'
import type { Letter, LetterFooterContent, LetterSite } from './props.ts'

export interface LetterMailProps {
  site: LetterSite
  letter: Letter
  locale: Locale
}

/** A mail to one person, in the frame of the newsletter. */
export function LetterMail({ site, letter, locale }: LetterMailProps) {
  const { title, preheader, body, footer } = letter
  const colors = brandColors(site.brandColor)
  return (
    <MailDocument locale={locale} title={letter.subject} preheader={preheader} colors={colors}>
      <MailHeader site={site} />
      <tr>
        <td className="card side" style={cardStyle(colors)}>
          <h1 className="title" style={TITLE}>
            {title}
          </h1>
          <LetterBody body={body} look={{ language: locale, colors, width: TEXT_WIDTH }} />
        </td>
      </tr>
      <LetterFooter site={site} footer={footer} />
    </MailDocument>
  )
}

function LetterFooter({ site, footer: { why, links } }: { site: LetterSite; footer: LetterFooterContent }) {
  return (
    <FooterFrame senderName={site.senderName} postalAddress={site.postalAddress}>
      <p style={FOOTER_PARAGRAPH}>{why}</p>
      {links.length > 0 && (
        <p style={FOOTER_PARAGRAPH}>
          {links.map(({ label, url }, index) => (
            <span key={url}>
              {index > 0 && ' · '}
              <a href={url} target="_blank" style={FOOTER_LINK}>
                {label}
              </a>
            </span>
          ))}
        </p>
      )}
    </FooterFrame>
  )
}

const cardStyle = ({ accent }: BrandColors) => ({
  borderTop: `4px solid ${accent}`,
  padding: '36px 32px 16px',
  backgroundColor: light.card,
  color: light.ink,
  font: TEXT_FONT,
  // Long words and addresses: none may make the column wider than a phone.
  wordBreak: 'break-word' as const,
})

const TITLE = { margin: '0 0 20px', fontSize: '28px', lineHeight: '35px' }
