'use client'

import { useConfig, useDocumentInfo, useFormFields } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import { useOwnSaves } from './SaveWatch.tsx'

export interface SavedVersion {
  /** What this form's text was saved as last; undefined for one that was never saved. */
  read: () => string | undefined
  /** The server has saved the text of this form, as it is, on request of something beside the form. */
  note: (updatedAt: string) => void
}

/** For what is beside a form and has its document saved: the form's next save builds upon that. */
export function useSavedVersion(): SavedVersion {
  const { config } = useConfig()
  const { id, collectionSlug } = useDocumentInfo()
  const updatedAt = useFormFields(([fields]) => fields.updatedAt?.value as string | undefined)
  const own = useOwnSaves()
  const held = useRef(updatedAt)
  useEffect(() => {
    held.current = updatedAt
  }, [updatedAt])
  const document = `${config.routes.api}/${collectionSlug}/${id}`
  const read = () => own.newest(document, held.current ?? null) ?? undefined
  return { read, note: (to) => own.note(document, { from: read() ?? null, to }) }
}
