import { DefaultTemplate } from '@payloadcms/next/templates'
import { Gutter, SetStepNav } from '@payloadcms/ui'
import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { ImportSubscribers } from './ImportSubscribers.tsx'
import { importText } from './importText.ts'
import './import.css'

/** `/admin/import-subscribers`: subscribers from a file, and to one. For editors and admins. */
export function ImportView({ initPageResult, params, searchParams }: AdminViewServerProps) {
  const { req, permissions, visibleEntities, locale } = initPageResult
  const { payload, i18n, user } = req
  const { admin } = payload.config.routes
  // Payload does not guard views that are not its own.
  if (!user) redirect(`${admin}/login?${new URLSearchParams({ redirect: `${admin}/import-subscribers` })}`)
  const text = importText(i18n.language)
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
      <SetStepNav nav={[{ label: text.title }]} />
      <Gutter className="import">
        <h1>{text.title}</h1>
        {isEditor({ req }) ? <ImportSubscribers /> : <p>{text.notAllowed}</p>}
      </Gutter>
    </DefaultTemplate>
  )
}
