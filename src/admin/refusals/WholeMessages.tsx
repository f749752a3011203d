'use client'

import { useEffect, type ReactNode } from 'react'
import { withWholeMessages } from './withWholeMessages.ts'

/** Around the whole admin: its notices show what the API answers in whole sentences. */
export function WholeMessages({ children }: { children: ReactNode }) {
  useEffect(() => {
    const send = window.fetch
    window.fetch = async (...request) => {
      const response = await send(...request)
      return isRefusal(response) ? rewritten(response) : response
    }
    return () => {
      window.fetch = send
    }
  }, [])
  return children
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
