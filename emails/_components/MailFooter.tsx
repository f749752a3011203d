import type { Locale } from '../../src/newsletter/model.ts'
import type { PersonalParts } from '../../src/newsletter/ports.ts'
import type { MailSite } from '../props.ts'
import { mailText } from '../_text/mailText.ts'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import { Link } from './react-email.ts'

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
    <tr>
      <td className="side" style={CELL}>
        <p style={PARAGRAPH}>{text.why({ email: personal.email, name: site.name })}</p>
        <p style={PARAGRAPH}>
          <Link href={personal.unsubscribeUrl} style={LINK}>
            {text.unsubscribe}
          </Link>
          {' · '}
          <Link href={personal.preferencesUrl} style={LINK}>
            {text.preferences}
          </Link>
        </p>
        <p style={{ margin: 0 }}>
          <strong>{site.senderName}</strong>
          <Lines text={site.postalAddress} />
        </p>
      </td>
    </tr>
  )
}

function Lines({ text }: { text: string }) {
  return text.split(/\r?\n/).map((line, index) => (
    <span key={index}>
      <br />
      {line.trim()}
    </span>
  ))
}

const CELL = { padding: '28px 32px', color: light.inkSoft, font: `13px/20px ${SANS}` }
const PARAGRAPH = { margin: '0 0 14px' }
const LINK = { color: light.inkSoft, textDecorationLine: 'underline' }
