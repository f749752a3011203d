import type { ReactNode } from 'react'
import type { Locale } from '../../src/newsletter/model.ts'
import { light, type BrandColors } from '../_theme/colors.ts'
import { enhancements } from '../_theme/enhancements.ts'
import { MAIL_WIDTH, TEXT_FONT } from '../_theme/styles.ts'
import { Preheader } from './Preheader.tsx'
import { Body, Head, Html } from './react-email.ts'

/**
 * A whole mail, from <html> on: a column that is 600 pixels wide, or as wide as the screen. Everything that it needs is
 * inline, because some clients drop the <head>, and with it what it says of language and colours.
 */
export function MailDocument({
  locale,
  language = locale,
  title,
  preheader,
  colors,
  children,
}: {
  locale: Locale
  /** Of the title, where it is not the reader's. */
  language?: Locale
  title: string
  preheader: string
  colors: BrandColors
  children: ReactNode
}) {
  return (
    <Html lang={locale} dir="ltr">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title lang={language === locale ? undefined : language}>{title}</title>
        <style>{enhancements(colors)}</style>
      </Head>
      <Body className="page" style={PAGE}>
        <Preheader text={preheader} />
        {/* An article to screen readers, with its language, where the client keeps only what is in the body. */}
        <div
          className="page"
          role="article"
          aria-label={language === locale ? title : undefined}
          lang={locale}
          dir="ltr"
        >
          <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={OUTER}>
            <tbody>
              <tr>
                <td align="center">
                  <table
                    className="column"
                    role="presentation"
                    width={MAIL_WIDTH}
                    cellPadding={0}
                    cellSpacing={0}
                    style={COLUMN}
                  >
                    <tbody>{children}</tbody>
                  </table>
                </td>
              </tr>
            </tbody>
          </table>
        </div>
      </Body>
    </Html>
  )
}

const PAGE = {
  margin: 0,
  padding: '0 0 32px',
  backgroundColor: light.page,
  color: light.ink,
  font: TEXT_FONT,
}

const OUTER = { tableLayout: 'fixed', backgroundColor: light.page } as const

/**
 * As wide as the screen, and no wider than the mail. Outlook takes the width of the attribute. WebKit ignores a greatest
 * width of 100 % on a table that has a width of its own (caniemail, css-max-width, note 2), so the two are the other way
 * round. Fixed: a long word or an image that is blocked does not widen the column.
 */
const COLUMN = { width: '100%', maxWidth: MAIL_WIDTH, tableLayout: 'fixed' } as const
