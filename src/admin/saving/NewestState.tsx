'use client'

import { ServerFunctionsContext, useServerFunctions } from '@payloadcms/ui'
import { useMemo, type ReactNode } from 'react'
import { newestAnswer } from './newestAnswer.ts'

/** The forms in the drawers of the editor: a link, a block. */
const IN_EDITOR = '.lexical_internal_feature.'

/**
 * Around the whole admin: no click on Save in a drawer of the editor is lost. Such a form asks the server whether it may be
 * saved. When somebody has just typed, the form asks for that as well, and drops the question of the click: Payload then
 * judges the click by the state before, refuses it, and says nothing. Here the click gets the newest answer.
 */
export function NewestState({ children }: { children: ReactNode }) {
  const functions = useServerFunctions()
  const value = useMemo(() => {
    const { getFormState } = functions
    const newest = newestAnswer(getFormState)
    const ask: typeof getFormState = (question) =>
      question.schemaPath.includes(IN_EDITOR) ? newest(question) : getFormState(question)
    return { ...functions, getFormState: ask }
  }, [functions])
  return <ServerFunctionsContext value={value}>{children}</ServerFunctionsContext>
}
