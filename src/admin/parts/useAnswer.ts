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

const NOTHING_YET = { answer: null, isFailed: false, isAway: false }

/** A server that was busy or away is asked again. */
const AFTER_FAILURE_MS = 3_000

/**
 * What the REST API says at `path` (null: nothing is asked): asked at once, when `version` changes, when somebody comes
 * back to the window, while it is in sight again after `everyMs` of what was answered, if that gives a time, and after a
 * question that was left without an answer.
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
  const [{ answer, isFailed, isAway }, change] = useKeptState<State<Body>>(
    `answer of ${url ?? 'nothing'}`,
    NOTHING_YET,
  )
  const repeatMs = isAway ? AFTER_FAILURE_MS : (everyMs?.(answer) ?? null)

  const current = useRef(url)
  useEffect(() => {
    current.current = url
  }, [url])

  const ask = useCallback(async () => {
    if (url === null) return
    const asked = await fetchJson<Body>(url)
    // An answer to what was asked before comes too late.
    if (current.current !== url) return
    change(({ answer: before }) => ({
      answer: asked.body ?? before,
      isFailed: asked.body === null,
      isAway: asked.isAway,
    }))
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

interface State<Body> {
  answer: Body | null
  isFailed: boolean
  /** Whether the server gave no answer of its own: it may give one later. */
  isAway: boolean
}

interface Asked<Body> {
  /** Null when there is no answer, or one that says no. */
  body: Body | null
  isAway: boolean
}

const askedJustNow = new Map<string, Promise<Asked<unknown>>>()

/** Components that ask for the same URL in the same moment share one request. A later caller makes a new one. */
function fetchJson<Body>(url: string): Promise<Asked<Body>> {
  const asked = askedJustNow.get(url) ?? ask(url)
  if (!askedJustNow.has(url)) setTimeout(() => askedJustNow.delete(url), 0)
  askedJustNow.set(url, asked)
  return asked as Promise<Asked<Body>>
}

const TOO_MANY_REQUESTS = 429

async function ask(url: string): Promise<Asked<unknown>> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' })
    if (response.ok) return { body: await response.json(), isAway: false }
    return { body: null, isAway: response.status >= 500 || response.status === TOO_MANY_REQUESTS }
  } catch {
    return { body: null, isAway: true }
  }
}
