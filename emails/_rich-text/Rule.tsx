import { light } from '../_theme/colors.ts'

const WIDTH = 96

/** A cell with a border: Outlook draws an `hr` across the whole column, and grey. */
export function Rule() {
  return (
    <div role="separator" style={{ margin: '36px 0' }}>
      <table role="presentation" align="center" width={WIDTH} cellPadding={0} cellSpacing={0}>
        <tbody>
          <tr>
            <td style={LINE}>&nbsp;</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}

/** Not higher than its border. */
const LINE = { borderTop: `1px solid ${light.inkSoft}`, fontSize: '1px', lineHeight: '1px' }
