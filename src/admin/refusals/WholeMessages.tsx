'use client'

import { ServerFunctionsContext, useServerFunctions } from '@payloadcms/ui'
import { useEffect, useState, type ReactNode } from 'react'
import { askAcrossRefusals, type Refusals } from './askAcrossRefusals.ts'
import { settleSubmits } from './settleSubmits.ts'
import { withWholeMessages } from './withWholeMessages.ts'

/**
 * Stands around the whole admin. Its notices show what the API answers in whole sentences, and a message at a field stays
 * when the form hears late what it asked before the refusal. What was corrected is checked before the form is sent again.
 */
export function WholeMessages({ children }: { children: ReactNode }) {
  const functions = useServerFunctions()
  const [refusals] = useState<Refusals>(() => ({ count: 0, asking: 0 }))
  const [ask] = useState(() => askAcrossRefusals(functions.getFormState, refusals))
  useEffect(() => {
    const send = window.fetch
    window.fetch = async (...request) => {
      const response = await send(...request)
      if (!isRefusal(response)) return response
      refusals.count += 1
      return rewritten(response)
    }
    return () => {
      window.fetch = send
    }
  }, [refusals])
  useEffect(() => settleSubmits(document, refusals), [refusals])
  return (
    <ServerFunctionsContext value={{ ...functions, getFormState: ask }}>{children}</ServerFunctionsContext>
  )
}

const isRefusal = ({ status, headers }: Response): boolean =>
  status >= 400 && (headers.get('Content-Type') ?? '').includes('application/json')

async function rewritten(response: Response): Promise<Response> {
  const { status, statusText, headers } = response
  const text = await response.text()
  return new Response(rewrite(text), { status, statusText, headers })
}

function rewrite(text: string): string {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? JSON.stringify(withWholeMessages(answer)) : text
  } catch {
    return text
  }
}
