'use client'

import { useAllFormFields, useForm, useFormProcessing } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'

/** What a person does on purpose: after it, nothing is saved that was not asked for again. */
const ACTS = ['pointerdown', 'keydown', 'input'] as const

/**
 * In a drawer of the editor whose text the server checks before it is saved. A check that runs because somebody has just
 * typed cuts the one of the click short: Payload then refuses the click by the state before, and says nothing. Here the
 * form is saved once more as soon as a check finds no fault, unless the person does something else meanwhile.
 */
export function SaveAfterCheck() {
  const form = useForm()
  const isSubmitting = useFormProcessing()
  const [fields] = useAllFormFields()
  const isFaultless = Object.values(fields).every(({ valid }) => valid !== false)
  const wasSubmitting = useRef(false)
  const isRefused = useRef(false)

  useEffect(() => {
    const forget = () => {
      isRefused.current = false
    }
    for (const act of ACTS) window.addEventListener(act, forget, { capture: true })
    return () => {
      for (const act of ACTS) window.removeEventListener(act, forget, { capture: true })
    }
  }, [])

  useEffect(() => {
    const hasEnded = wasSubmitting.current && !isSubmitting
    wasSubmitting.current = isSubmitting
    // The form's own word: after a click that was taken, a field may still be marked by an older check.
    if (hasEnded) isRefused.current = form.isValid === false
    if (!isRefused.current || !isFaultless || isSubmitting) return
    isRefused.current = false
    void form.submit()
  }, [isSubmitting, isFaultless, form])
  return null
}
