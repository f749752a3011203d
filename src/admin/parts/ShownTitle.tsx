'use client'

import { useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'

/** Draws nothing: a document whose heading is an address as it is stored gets it as its owner writes it. */
export function ShownTitle({ stored, shown }: { stored: string; shown: string }) {
  const { title, setDocumentTitle } = useDocumentTitle()
  useEffect(() => {
    if (title !== stored) return
    // Payload sets the heading in an effect that comes after this one.
    const frame = requestAnimationFrame(() => setDocumentTitle(shown))
    return () => cancelAnimationFrame(frame)
  }, [title, stored, shown, setDocumentTitle])
  return null
}
