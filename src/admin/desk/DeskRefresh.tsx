'use client'

import { useRouter } from 'next/navigation.js'
import { useEffect } from 'react'

const EVERY_MS = 60_000

/** Asks the server for the desk again while somebody looks, and when they come back to the window. */
export function DeskRefresh() {
  const router = useRouter()
  useEffect(() => {
    const refresh = () => {
      if (!document.hidden) router.refresh()
    }
    const timer = setInterval(refresh, EVERY_MS)
    window.addEventListener('focus', refresh)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', refresh)
    }
  }, [router])
  return null
}
