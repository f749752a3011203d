'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useAdminText } from '../text/useAdminText.ts'
import { Look } from './Look.tsx'
import { useBeside } from './useBeside.ts'

/** In the article's newsletter tab: the look at the mail, while it does not stand beside the text. */
export function MailLook() {
  const { id } = useDocumentInfo()
  const { text } = useAdminText()
  const { isBeside } = useBeside()
  if (id === undefined) return null
  return isBeside ? <p>{text.look.isBeside}</p> : <Look articleId={id} />
}
