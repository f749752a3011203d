import type { ServerProps } from 'payload'
import { NavLink } from '../outbox/NavLink.tsx'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { importText } from './importText.ts'

/** In the navigation, for those who may import. */
export function ImportNavLink({ payload, user, i18n }: ServerProps) {
  if (!isEditorUser(user)) return null
  const { group, nav } = importText(i18n.language)
  const href = `${payload.config.routes.admin}/import-subscribers`
  return <NavLink id="nav-import-subscribers" group={group} label={nav} href={href} />
}
