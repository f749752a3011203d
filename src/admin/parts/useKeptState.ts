'use client'

import { useCallback, useEffect, useState } from 'react'

/** Longer than a mount takes on a slow machine, and shorter than a change of who is logged in. */
const FORGET_AFTER_MS = 2_000

const kept = new Map<string, unknown>()
const forgetting = new Map<string, ReturnType<typeof setTimeout>>()

/**
 * React's state under a name. Payload mounts the parts of a form anew when the window becomes narrow or a lock is taken
 * over: ordinary state is lost then, so what stands there blinks and what is typed is gone. This state goes on.
 * @param key names the state; with a new key it begins with `initial`.
 * @param initial the same value at each render: a constant, or no object.
 */
export function useKeptState<T>(key: string, initial: T): [T, (change: (before: T) => T) => void] {
  const [state, setState] = useState(() => ({ key, value: recall(key, initial) }))
  const value = state.key === key ? state.value : initial
  useEffect(() => {
    clearTimeout(forgetting.get(key))
    kept.set(key, value)
    return () => {
      forgetting.set(
        key,
        setTimeout(() => kept.delete(key), FORGET_AFTER_MS),
      )
    }
  }, [key, value])
  const change = useCallback(
    (how: (before: T) => T) =>
      setState((before) => ({ key, value: how(before.key === key ? before.value : initial) })),
    [key, initial],
  )
  return [value, change]
}

const recall = <T>(key: string, initial: T): T => (kept.has(key) ? (kept.get(key) as T) : initial)
