import type { Locale } from '../../src/newsletter/model.ts'
import type { MailArticle } from '../props.ts'
import { bylineOf } from '../_text/byline.ts'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import { Portrait } from './Portrait.tsx'
import { Column } from './react-email.ts'

const SIZE = 48
/** More would leave no room for the names on a phone. */
const MOST_PORTRAITS = 3

/** Who wrote it, and when. */
export function Byline({
  article,
  language,
  locale,
}: {
  article: MailArticle
  language: Locale
  locale: Locale
}) {
  const { names, title, date } = bylineOf({ article, locale })
  const portraits = article.authors.flatMap(({ portrait }) => (portrait ? [portrait] : []))
  if (!names && !date) return null
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0}>
      <tbody>
        <tr>
          {portraits.slice(0, MOST_PORTRAITS).map((portrait, index) => (
            <Column key={index} style={{ width: SIZE, padding: '0 12px 28px 0' }}>
              <Portrait image={portrait} size={SIZE} />
            </Column>
          ))}
          <Column
            className="soft"
            style={{ padding: '0 0 28px', color: light.inkSoft, font: `14px/21px ${SANS}` }}
          >
            {names && <strong style={{ color: light.ink }}>{names}</strong>}
            {names && (title || date) && <br />}
            {title && <span lang={language === locale ? undefined : language}>{title}</span>}
            {title && date && ' · '}
            {date}
          </Column>
        </tr>
      </tbody>
    </table>
  )
}
