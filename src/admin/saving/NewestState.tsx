'use client'

import { ServerFunctionsContext, useServerFunctions } from '@payloadcms/ui'
import { useMemo, type ReactNode } from 'react'
import { newestAnswer } from './newestAnswer.ts'

/** The forms in the drawers of the editor, such as a link's; a block has its form in the text, and there may be several. */
const isInDrawer = (schemaPath: string): boolean => {
  const [, ...features] = schemaPath.split('.lexical_internal_feature.')
  const feature = features.at(-1)
  return feature !== undefined && !feature.startsWith('blocks.')
}

/**
 * Stands around the whole admin, so that no click on Save in a drawer of the editor is lost. Such a form asks the server
 * whether it may be saved. When somebody has just typed, the form asks again and drops the question of the click. Payload
 * then judges the click by the state before, refuses it, and says nothing. Here the click gets the newest answer.
 */
export function NewestState({ children }: { children: ReactNode }) {
  const functions = useServerFunctions()
  const value = useMemo(() => {
    const { getFormState } = functions
    const newest = newestAnswer(getFormState)
    const ask: typeof getFormState = (question) =>
      isInDrawer(question.schemaPath) ? newest(question) : getFormState(question)
    return { ...functions, getFormState: ask }
  }, [functions])
  return <ServerFunctionsContext value={value}>{children}</ServerFunctionsContext>
}
