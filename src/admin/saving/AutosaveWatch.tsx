'use client'

import { createContext, use, useEffect, useState, type ReactNode } from 'react'

const AutosavesUnderWay = createContext(0)

/** Whether an autosave of this window has been sent and is not answered yet. */
export const useIsAutosaving = (): boolean => use(AutosavesUnderWay) > 0

/**
 * Around the whole admin: counts the autosaves that are under way. Payload tells of the first one only: when text is
 * typed meanwhile, the next autosave follows at once, and its form says that it is idle.
 */
export function AutosaveWatch({ children }: { children: ReactNode }) {
  const [underWay, setUnderWay] = useState(0)
  useEffect(() => {
    const send = window.fetch
    window.fetch = async (...request) => {
      if (!isAutosave(request[0])) return send(...request)
      setUnderWay((count) => count + 1)
      try {
        return await send(...request)
      } finally {
        setUnderWay((count) => count - 1)
      }
    }
    return () => {
      window.fetch = send
    }
  }, [])
  return <AutosavesUnderWay value={underWay}>{children}</AutosavesUnderWay>
}

function isAutosave(input: RequestInfo | URL): boolean {
  const url = input instanceof Request ? input.url : input
  return new URL(url, window.location.href).searchParams.get('autosave') === 'true'
}
