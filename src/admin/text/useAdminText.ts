'use client'

import { useTranslation } from '@payloadcms/ui'
import { adminText, type AdminText } from './adminText.ts'

/** The words in the user's language, and numbers as that language writes them. */
export function useAdminText(): { text: AdminText; number: (value: number) => string } {
  const { i18n } = useTranslation()
  const text = adminText(i18n.language)
  return { text, number: (value) => value.toLocaleString(text.language) }
}
