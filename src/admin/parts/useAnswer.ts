'use client'

import { useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef } from 'react'
import { useKeptState } from './useKeptState.ts'

export interface Answered<Body> {
  /** What was answered last; null before the first answer. */
  answer: Body | null
  /** Whether the last question was left without an answer. */
  isFailed: boolean
  ask: () => Promise<void>
}

const NOTHING_YET = { answer: null, isFailed: false }

/**
 * What the REST API says at `path` (null: nothing is asked): asked at once, when `version` changes, when somebody comes
 * back to the window, and while it is in sight again after `everyMs` of what was answered, if that gives a time.
 */
export function useAnswer<Body>({
  path,
  everyMs,
  version = 0,
}: {
  path: string | null
  everyMs?: (answer: Body | null) => number | null
  version?: number | string
}): Answered<Body> {
  const { config } = useConfig()
  const url = path === null ? null : config.routes.api + path
  const [{ answer, isFailed }, change] = useKeptState<{ answer: Body | null; isFailed: boolean }>(
    `answer of ${url ?? 'nothing'}`,
    NOTHING_YET,
  )
  const repeatMs = everyMs?.(answer) ?? null

  const current = useRef(url)
  useEffect(() => {
    current.current = url
  }, [url])

  const ask = useCallback(async () => {
    if (url === null) return
    const body = await fetchJson<Body>(url)
    // An answer to what was asked before comes too late.
    if (current.current !== url) return
    change(({ answer: before }) =>
      body === null ? { answer: before, isFailed: true } : { answer: body, isFailed: false },
    )
  }, [url, change])

  useEffect(() => {
    let isCurrent = true
    const askIfCurrent = () => {
      if (isCurrent) void ask()
    }
    const start = setTimeout(askIfCurrent, 0)
    const askIfSeen = () => {
      if (!document.hidden) askIfCurrent()
    }
    const repeat = repeatMs === null ? undefined : setInterval(askIfSeen, repeatMs)
    window.addEventListener('focus', askIfCurrent)
    return () => {
      isCurrent = false
      clearTimeout(start)
      clearInterval(repeat)
      window.removeEventListener('focus', askIfCurrent)
    }
  }, [ask, repeatMs, version])

  return { answer, isFailed, ask }
}

const askedJustNow = new Map<string, Promise<unknown>>()

/**
 * Components that ask for the same URL in the same moment share one request. A later caller makes a new one.
 * @returns null when there is no answer, or one that says no.
 */
function fetchJson<Body>(url: string): Promise<Body | null> {
  const asked = askedJustNow.get(url) ?? ask(url)
  if (!askedJustNow.has(url)) setTimeout(() => askedJustNow.delete(url), 0)
  askedJustNow.set(url, asked)
  return asked as Promise<Body | null>
}

async function ask(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' })
    return response.ok ? await response.json() : null
  } catch {
    return null
  }
}
