import type { BrandColors } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import { Link } from './react-email.ts'

/**
 * A link as a button. The cell is the surface, since its padding is one that every client shows; the border keeps its
 * shape where a forced dark mode takes the background.
 */
export function Action({ label, url, colors }: { label: string; url: string; colors: BrandColors }) {
  return (
    <div style={{ margin: '28px 0' }}>
      <table role="presentation" cellPadding={0} cellSpacing={0}>
        <tbody>
          <tr>
            <td className="action" style={surface(colors)}>
              <Link href={url} style={{ color: colors.onBrand, textDecoration: 'none' }}>
                {label}
              </Link>
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

const surface = ({ brand, accent, onBrand }: BrandColors) => ({
  border: `2px solid ${accent}`,
  borderRadius: 24,
  padding: '10px 24px',
  backgroundColor: brand,
  color: onBrand,
  font: `bold 16px/24px ${SANS}`,
})
