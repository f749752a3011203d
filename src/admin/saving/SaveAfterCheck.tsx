'use client'

import { useAllFormFields, useForm, useFormProcessing, useFormSubmitted } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useEffect, useRef } from 'react'

/**
 * In a drawer of the editor whose text the server checks before it is saved. A check that runs because somebody has just
 * typed cuts the one of the click short: Payload then refuses the click by the state before, and says nothing. Here the
 * form is saved once more as soon as the check of the same values finds no fault.
 */
export function SaveAfterCheck() {
  const { submit } = useForm()
  const isSubmitting = useFormProcessing()
  const hasSubmitted = useFormSubmitted()
  const [fields] = useAllFormFields()
  const values = JSON.stringify(reduceFieldsToValues(fields, true))
  const isValid = Object.values(fields).every(({ valid }) => valid !== false)
  const wasSubmitting = useRef(false)
  const refusedValues = useRef<string | null>(null)

  useEffect(() => {
    const isRefused = wasSubmitting.current && !isSubmitting && hasSubmitted && !isValid
    wasSubmitting.current = isSubmitting
    if (isRefused) refusedValues.current = values
    else if (refusedValues.current !== values) refusedValues.current = null
    else if (isValid && !isSubmitting) {
      refusedValues.current = null
      void submit()
    }
  }, [isSubmitting, hasSubmitted, isValid, values, submit])
  return null
}
