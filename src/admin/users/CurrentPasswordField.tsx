'use client'

import { PasswordField, useDocumentInfo, useField, useFormFields, useTranslation } from '@payloadcms/ui'
import { useEffect } from 'react'
import { en, sv } from '../../accounts/text.ts'

const PATH = 'currentPassword'

/** Below the new password or the new address, as soon as one is being written. */
export function CurrentPasswordField() {
  const { id } = useDocumentInfo()
  const { i18n } = useTranslation()
  const text = i18n.language === 'sv' ? sv : en
  const { setValue } = useField({ path: PATH })
  const isAsked = useFormFields(([fields]) => {
    const { password, email } = fields
    return password !== undefined || (email !== undefined && email.value !== email.initialValue)
  })
  const isShown = id !== undefined && isAsked
  // What was typed is not kept for the next change.
  useEffect(() => {
    if (!isShown) setValue(undefined, true)
  }, [isShown, setValue])
  if (!isShown) return null
  return (
    <div>
      <PasswordField
        autoComplete="current-password"
        field={{ name: PATH, label: text.fields.currentPassword, required: true }}
        path={PATH}
      />
      <p className="field-description">{text.about.currentPassword}</p>
    </div>
  )
}
