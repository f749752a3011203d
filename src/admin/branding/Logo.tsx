import { Icon } from './Icon.tsx'
import './branding.css'

/** Above the login form. */
export function Logo() {
  return (
    <span className="utskick-logo">
      <Icon />
      Utskick
    </span>
  )
}
