'use client'

import { Link, NavGroup } from '@payloadcms/ui'
import { usePathname } from 'next/navigation.js'

/** As Payload's own links in the navigation. */
export function NavLink({
  id,
  group,
  label,
  href,
}: {
  id: string
  group: string
  label: string
  href: string
}) {
  const isActive = usePathname() === href
  return (
    <NavGroup label={group}>
      <Link
        className="nav__link"
        id={id}
        href={href}
        prefetch={false}
        aria-current={isActive ? 'page' : undefined}
      >
        {isActive && <div className="nav__link-indicator" />}
        <span className="nav__link-label">{label}</span>
      </Link>
    </NavGroup>
  )
}
