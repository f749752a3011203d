import type { ServerProps } from 'payload'
import { depsOf } from '../../deps.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { adminText } from '../text/adminText.ts'
import { NavLink } from './NavLink.tsx'
import { outboxUrl } from './outboxUrl.ts'

/** In the navigation while mails go to the outbox, for those who may read it. */
export function OutboxNavLink({ payload, user, i18n }: ServerProps) {
  if (!isEditorUser(user) || depsOf(payload).env.mailer.kind !== 'outbox') return null
  const { outbox } = adminText(i18n.language)
  const href = outboxUrl({ adminRoute: payload.config.routes.admin, place: {} })
  return <NavLink id="nav-outbox" group={outbox.group} label={outbox.nav} href={href} />
}
