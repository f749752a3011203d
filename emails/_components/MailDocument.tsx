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
  title,
  preheader,
  colors,
  children,
}: {
  locale: Locale
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
        <title>{title}</title>
        <style>{enhancements(colors)}</style>
      </Head>
      <Body className="page" style={PAGE}>
        <Preheader text={preheader} />
        {/* An article to screen readers, with its language, where the client keeps only what is in the body. */}
        <div role="article" aria-label={title} lang={locale} dir="ltr">
          <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} style={OUTER}>
            <tbody>
              <tr>
                <td align="center">
                  <table
                    role="presentation"
                    width={MAIL_WIDTH}
                    cellPadding={0}
                    cellSpacing={0}
                    style={{ maxWidth: '100%' }}
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

/** Fixed, so that the column's 600 pixels, which Outlook wants, do not widen a phone's screen. */
const OUTER = { tableLayout: 'fixed' } as const
