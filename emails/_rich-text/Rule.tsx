import { light } from '../_theme/colors.ts'

export function Rule() {
  return <hr style={{ width: 96, margin: '36px auto', border: 0, borderTop: `1px solid ${light.inkSoft}` }} />
}
