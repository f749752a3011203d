import type { Locale } from '../src/newsletter/model.ts'
import type { PersonalParts } from '../src/newsletter/ports.ts'
import { AboutTheAuthors } from './_components/AboutTheAuthors.tsx'
import { Byline } from './_components/Byline.tsx'
import { Contact } from './_components/Contact.tsx'
import { MailDocument } from './_components/MailDocument.tsx'
import { MailFooter } from './_components/MailFooter.tsx'
import { MailHeader } from './_components/MailHeader.tsx'
import { Picture } from './_components/Picture.tsx'
import { Related } from './_components/Related.tsx'
import { Blocks } from './_rich-text/Blocks.tsx'
import { mailText } from './_text/mailText.ts'
import { brandColors, light, type BrandColors } from './_theme/colors.ts'
import { SANS, TEXT_FONT, TEXT_WIDTH } from './_theme/styles.ts'
import type { ArticleMailContent } from './props.ts'

export interface ArticleMailProps {
  content: ArticleMailContent
  /** The reader's; the article itself may be in another language. */
  locale: Locale
  /** May be placeholders, which come out unchanged. */
  personal: PersonalParts
}

/** An article as a newsletter. */
export function ArticleMail({ content, locale, personal }: ArticleMailProps) {
  const { site, article, related, preheader } = content
  const colors = brandColors(site.brandColor)
  return (
    <MailDocument
      locale={locale}
      language={content.language}
      title={content.subject}
      preheader={preheader}
      colors={colors}
    >
      <MailHeader site={site} web={{ url: article.url, label: mailText[locale].readOnTheWeb }} />
      <tr>
        <td className="card side" style={cardStyle(colors)}>
          <Article content={content} locale={locale} colors={colors} />
          <AboutTheAuthors authors={article.authors} language={content.language} />
          <Related related={related} locale={locale} colors={colors} />
          <Contact site={site} locale={locale} colors={colors} />
        </td>
      </tr>
      <MailFooter site={site} locale={locale} personal={personal} />
    </MailDocument>
  )
}

function Article({
  content: { article, language },
  locale,
  colors,
}: Pick<ArticleMailProps, 'content' | 'locale'> & { colors: BrandColors }) {
  return (
    <>
      <h1 className="title" lang={language} style={TITLE}>
        {article.title}
      </h1>
      {article.excerpt && (
        <p className="soft" lang={language} style={LEAD}>
          {article.excerpt}
        </p>
      )}
      <Byline article={article} language={language} locale={locale} />
      {language !== locale && (
        <p className="soft" style={NOTICE}>
          {mailText[locale].onlyIn[language]}
        </p>
      )}
      {article.heroImage && (
        <div style={{ margin: '0 0 28px' }}>
          <Picture image={article.heroImage} width={TEXT_WIDTH} />
        </div>
      )}
      <div lang={language}>
        <Blocks text={article.text} look={{ language, colors, width: TEXT_WIDTH }} />
      </div>
    </>
  )
}

const cardStyle = ({ accent }: BrandColors) => ({
  borderTop: `4px solid ${accent}`,
  padding: '36px 32px',
  backgroundColor: light.card,
  color: light.ink,
  font: TEXT_FONT,
  // Long words and addresses: none may make the column wider than a phone.
  wordBreak: 'break-word' as const,
})

const TITLE = { margin: '0 0 14px', fontSize: '32px', lineHeight: '39px' }
const LEAD = { margin: '0 0 24px', color: light.inkSoft, fontSize: '19px', lineHeight: '29px' }
const NOTICE = { margin: '0 0 24px', color: light.inkSoft, font: `italic 14px/21px ${SANS}` }
