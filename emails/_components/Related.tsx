import type { Locale } from '../../src/newsletter/model.ts'
import type { MailRelated } from '../props.ts'
import { mailText } from '../_text/mailText.ts'
import { light, type BrandColors } from '../_theme/colors.ts'
import { SANS, SERIF } from '../_theme/styles.ts'
import { Box } from './Box.tsx'
import { Picture } from './Picture.tsx'
import { Column, Row } from './react-email.ts'
import { SectionHeading } from './SectionHeading.tsx'

const IMAGE_WIDTH = 112

/** What to read next. */
export function Related({
  related,
  locale,
  colors,
}: {
  related: MailRelated[]
  locale: Locale
  colors: BrandColors
}) {
  if (related.length === 0) return null
  return (
    <Box style={{ borderTop: `1px solid ${light.line}`, padding: '28px 0 8px' }}>
      <SectionHeading>{mailText[locale].related}</SectionHeading>
      {related.map((article) => (
        <Item key={article.url} article={article} locale={locale} colors={colors} />
      ))}
    </Box>
  )
}

function Item({
  article: { title, excerpt, url, image, language },
  locale,
  colors,
}: {
  article: MailRelated
  locale: Locale
  colors: BrandColors
}) {
  return (
    <Row>
      {image && (
        <Column style={{ width: IMAGE_WIDTH, padding: '4px 20px 20px 0' }} valign="top">
          {/* The title beside it says what it is: the picture is decoration here. */}
          <Picture image={image} alt="" width={IMAGE_WIDTH} />
        </Column>
      )}
      <Column style={TEXT_CELL} valign="top" lang={language === locale ? undefined : language}>
        <a
          href={url}
          target="_blank"
          style={{ color: colors.accent, textDecoration: 'none', font: TITLE_FONT }}
        >
          {title}
        </a>
        {excerpt && (
          <p className="soft" style={{ margin: '4px 0 0' }}>
            {excerpt}
          </p>
        )}
      </Column>
    </Row>
  )
}

const TITLE_FONT = `bold 18px/24px ${SERIF}`
const TEXT_CELL = { padding: '0 0 20px', color: light.inkSoft, font: `15px/22px ${SANS}` }
