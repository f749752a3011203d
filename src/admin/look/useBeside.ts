'use client'

import { useEditDepth, useLivePreviewContext } from '@payloadcms/ui'
import { useSyncExternalStore } from 'react'

/** What somebody has chosen stays, also for the next article. */
const STORED = 'utskick-look-beside'
const WIDE = '(min-width: 1100px)'
const CHANGED = 'utskick:look-beside'

export interface Beside {
  /** Whether the mail stands beside the text now. */
  isBeside: boolean
  /** Whether there is room for it: not on a phone, in a drawer, or beside the page of the site. */
  hasRoom: boolean
  toggle: () => void
}

/** Whether the look at the mail stands beside the text. Elsewhere it stands in its tab. */
export function useBeside(): Beside {
  const isWide = useSyncExternalStore(onWidth, () => window.matchMedia(WIDE).matches, no)
  const isWanted = useSyncExternalStore(onChange, isStored, no)
  const { isLivePreviewing } = useLivePreviewContext()
  const hasRoom = isWide && !isLivePreviewing
  const isOutermost = useEditDepth() <= 1
  return { isBeside: isWanted && hasRoom && isOutermost, hasRoom: hasRoom && isOutermost, toggle }
}

const no = () => false

function onWidth(changed: () => void): () => void {
  const list = window.matchMedia(WIDE)
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

function onChange(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed)
  return () => window.removeEventListener(CHANGED, changed)
}

/** A browser that keeps nothing keeps it until the page is left. */
let isHeld = false

function isStored(): boolean {
  try {
    return window.localStorage.getItem(STORED) === 'yes'
  } catch {
    return isHeld
  }
}

function toggle(): void {
  isHeld = !isStored()
  try {
    window.localStorage.setItem(STORED, isHeld ? 'yes' : 'no')
  } catch {
    // It is held.
  }
  window.dispatchEvent(new Event(CHANGED))
}
