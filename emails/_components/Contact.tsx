import type { Locale } from '../../src/newsletter/model.ts'
import type { MailSite } from '../props.ts'
import { mailText } from '../_text/mailText.ts'
import { telephone } from '../_text/telephone.ts'
import { light, type BrandColors } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import { Box } from './Box.tsx'
import { SectionHeading } from './SectionHeading.tsx'

/** How to answer. */
export function Contact({ site, locale, colors }: { site: MailSite; locale: Locale; colors: BrandColors }) {
  const text = mailText[locale]
  const link = { color: colors.accent, textDecoration: 'underline' }
  return (
    <Box style={CELL}>
      <SectionHeading>{text.contact}</SectionHeading>
      <p style={{ margin: 0 }}>
        {`${text.reply} `}
        <a href={`mailto:${site.replyTo}`} target="_blank" style={link}>
          {site.replyTo}
        </a>
        {site.answerTime ? `. ${site.answerTime}` : '.'}
        {site.phone && (
          <>
            {` ${text.call} `}
            <a href={telephone(site.phone)} target="_blank" style={{ ...link, whiteSpace: 'nowrap' }}>
              {site.phone}
            </a>
            .
          </>
        )}
      </p>
    </Box>
  )
}

const CELL = {
  borderTop: `1px solid ${light.line}`,
  padding: '28px 0 0',
  color: light.ink,
  font: `15px/24px ${SANS}`,
}
