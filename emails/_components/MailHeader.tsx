import type { MailSite } from '../props.ts'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import { Picture } from './Picture.tsx'
import { Column, Row } from './react-email.ts'

/** Whose mail it is, and the way to the same on the web where there is one. */
export function MailHeader({
  site,
  web = null,
}: {
  site: Pick<MailSite, 'name' | 'url' | 'logo' | 'logoOnDark'>
  web?: { url: string; label: string } | null
}) {
  return (
    <tr>
      <td className="side" style={{ padding: '24px 32px 16px' }}>
        <Row>
          <Column className="stack" style={{ font: `bold 17px/24px ${SANS}` }}>
            <a
              className="name"
              href={site.url}
              target="_blank"
              style={{ color: light.ink, textDecoration: 'none' }}
            >
              {site.logo ? (
                <Picture
                  image={site.logo}
                  alt={site.name}
                  width={Math.min(
                    ...[site.logo, site.logoOnDark].flatMap((logo) => (logo ? logoWidth(logo) : [])),
                  )}
                  onDark={site.logoOnDark}
                />
              ) : (
                site.name
              )}
            </a>
          </Column>
          {web && (
            <Column
              className="stack soft"
              align="right"
              style={{ font: `14px/24px ${SANS}`, whiteSpace: 'nowrap' }}
            >
              <a href={web.url} target="_blank" style={{ color: light.inkSoft, textDecoration: 'underline' }}>
                {web.label}
              </a>
            </Column>
          )}
        </Row>
      </td>
    </tr>
  )
}

/** Pixels; no higher than 40 and no wider than 180. */
function logoWidth({ files }: NonNullable<MailSite['logo']>): number {
  const largest = files.at(-1)
  return largest ? Math.max(1, Math.min(180, Math.round((40 * largest.width) / largest.height))) : 180
}
