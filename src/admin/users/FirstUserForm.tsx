'use client'

import { useTranslation } from '@payloadcms/ui'
import { usePathname } from 'next/navigation.js'
import { useEffect, useState, type ReactNode } from 'react'

/**
 * Stands around the whole admin, so that the page of the first user forgets nothing of what was written there. Payload
 * loads the names of months and days after the page and then renders it again, and each rendering of that form begins
 * with empty fields (github.com/payloadcms/payload/issues/18220). Here the form is shown when they have been loaded, or when
 * that takes too long.
 */
export function FirstUserForm({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation()
  const isForm = usePathname().endsWith('/create-first-user')
  // Payload's type says that they are always there.
  const dates: object | undefined = i18n.dateFNS
  const isLate = useIsLate()
  return isForm && !dates && !isLate ? null : children
}

const LONGEST_WAIT_MS = 5_000

function useIsLate(): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LONGEST_WAIT_MS)
    return () => clearTimeout(timer)
  }, [])
  return isLate
}
