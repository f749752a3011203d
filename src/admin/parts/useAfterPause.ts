'use client'

import { useEffect, useState } from 'react'

/** A value when it has stayed the same for a moment: while somebody types, nothing is asked at each key. */
export function useAfterPause<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}
