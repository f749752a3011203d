'use client'

import { useEffect, useRef } from 'react'
import { useIsAutosaving } from './SaveWatch.tsx'

/** The form saves itself when nobody has written for 0.8 s; the editor tells it first what was written. */
const SAVED_AFTER_MS = 1_500
const LONGEST_WAIT_MS = 10_000

/** Waits until what was written last has been saved: what is asked for then is of that, and not of the text before. */
export function useUntilSaved(): () => Promise<void> {
  const isAutosaving = useIsAutosaving()
  const isSaving = useRef(isAutosaving)
  // Somebody may have written on another tab just before.
  const writtenAt = useRef(0)
  useEffect(() => {
    isSaving.current = isAutosaving
  }, [isAutosaving])
  useEffect(() => {
    const note = () => {
      writtenAt.current = performance.now()
    }
    note()
    document.addEventListener('input', note, { capture: true })
    return () => document.removeEventListener('input', note, { capture: true })
  }, [])
  return async () => {
    const until = performance.now() + LONGEST_WAIT_MS
    const isUnsaved = () => isSaving.current || performance.now() - writtenAt.current < SAVED_AFTER_MS
    while (isUnsaved() && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
