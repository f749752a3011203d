import { Banner } from '@payloadcms/ui'
import type { ServerProps } from 'payload'
import { depsOf } from '../../deps.ts'
import { adminText } from '../text/adminText.ts'

/** Beside the setting: why it has no effect here. Nothing where it has. */
export function CanaryNote({ payload, i18n }: ServerProps) {
  const { env, mailer } = depsOf(payload)
  if (mailer.reportsEvents) return null
  const { noEvents, noSecret } = adminText(i18n.language).canarySetting
  return <Banner type="info">{env.mailer.kind === 'resend' ? noSecret : noEvents}</Banner>
}
