import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter, SetStepNav } from '@payloadcms/ui'
import { redirect } from 'next/navigation.js'
import { join } from 'node:path'
import type { AdminViewServerProps, PayloadRequest } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isEditor } from '../../access/isEditor.ts'
import { depsOf } from '../../deps.ts'
import { adminText } from '../text/adminText.ts'
import { Mailbox } from './Mailbox.tsx'
import { outboxUrl, readPlace } from './outboxUrl.ts'
import './outbox.css'

/** `/admin/outbox`: the mails that the outbox mailer wrote, as a mailbox. For editors and admins. */
export function OutboxView({ initPageResult, params, searchParams }: AdminViewServerProps) {
  const { req, permissions, visibleEntities, locale } = initPageResult
  const { payload, i18n, user } = req
  const { admin: adminRoute } = payload.config.routes
  const here = outboxUrl({ adminRoute, place: readPlace(searchParams ?? {}) })
  // Payload does not guard views that are not its own.
  if (!user) redirect(`${adminRoute}/login?${new URLSearchParams({ redirect: here })}`)
  const { title } = adminText(i18n.language).outbox
  return (
    <DefaultTemplate
      i18n={i18n}
      locale={locale}
      params={params}
      payload={payload}
      permissions={permissions}
      req={req}
      searchParams={searchParams}
      user={user}
      visibleEntities={visibleEntities}
    >
      <SetStepNav nav={[{ label: title }]} />
      <Gutter className="outbox">
        <h1>{title}</h1>
        <Content req={req} searchParams={searchParams ?? {}} />
      </Gutter>
    </DefaultTemplate>
  )
}

function Content({
  req,
  searchParams,
}: {
  req: PayloadRequest
  searchParams: NonNullable<AdminViewServerProps['searchParams']>
}) {
  const text = adminText(req.i18n.language)
  const { env } = depsOf(req.payload)
  if (!isEditor({ req })) return <p>{text.outbox.notAllowed}</p>
  if (env.mailer.kind !== 'outbox') return <p>{text.outbox.mailerIs(MAILER_NAMES[env.mailer.kind])}</p>
  return (
    <Mailbox
      directory={join(env.dataDir, 'outbox')}
      place={readPlace(searchParams)}
      adminRoute={req.payload.config.routes.admin}
      mayReadSystemMail={isAdmin({ req })}
      text={text}
    />
  )
}

const MAILER_NAMES = { resend: 'Resend', smtp: 'SMTP' }
