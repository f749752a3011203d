'use client'

import { useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

/** Payload names a page after the stored address: its heading and its crumb say it as its owner writes it. Shows nothing. */
export function ShownTitle({ stored, shown }: { stored: string; shown: string }) {
  const { title, setDocumentTitle } = useDocumentTitle()
  useEffect(() => {
    if (title === stored) setDocumentTitle(shown)
  }, [title, stored, shown, setDocumentTitle])
  return null
}
