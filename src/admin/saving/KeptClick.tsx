'use client'

import {
  toast,
  useDocumentInfo,
  useEditDepth,
  useForm,
  useFormBackgroundProcessing,
  useFormInitializing,
  useFormModified,
  useFormProcessing,
  useFormSubmitted,
  useModal,
} from '@payloadcms/ui'
import { useCallback, useEffect, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import { useAdminText } from '../text/useAdminText.ts'
import { useIsAutosaving } from './SaveWatch.tsx'
import { isSaveKey, pressSaveKey } from './saveKey.ts'
import './saving.css'

const BUTTONS = '#action-save, #action-save-draft'
const ACTIONS = `${BUTTONS}, #publish-locale`
const TOAST = 'kept-click'

/**
 * Around Payload's buttons to publish and to save a draft. Payload disables them while the form saves by itself, so that
 * a click is lost, and does not hold Ctrl+S back at all. Here the last of them is kept, says so, and is done once as soon
 * as the form is ready, with the text as it is then. While a save that a person asked for is under way nothing is kept:
 * the second half of a double click asks for nothing more.
 */
export function KeptClick({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const { text } = useAdminText()
  const { canKeep, isReady } = useReadiness()
  const keep = useKept({ isReady })
  useHearing({ box, canKeep })
  useModifiedAfterFailure()

  const keepClick = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>(ACTIONS) : null
    if (!button || !canKeep) return
    event.preventDefault()
    event.stopPropagation()
    keep({
      notice: button.id === 'action-save-draft' ? text.saving.save : text.saving.publish,
      act: () => button.click(),
    })
  }

  const isTopmost = useIsTopmost()
  useEffect(() => {
    if (!canKeep || !isTopmost) return
    const keepKey = (event: KeyboardEvent) => {
      if (!isSaveKey(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const { ctrlKey, metaKey } = event
      keep({ notice: text.saving.save, act: () => pressSaveKey({ ctrlKey, metaKey }) })
    }
    window.addEventListener('keydown', keepKey, { capture: true })
    return () => window.removeEventListener('keydown', keepKey, { capture: true })
  }, [canKeep, isTopmost, keep, text])

  return (
    <div className="kept-click" ref={box} onClickCapture={keepClick} aria-busy={canKeep}>
      {children}
    </div>
  )
}

/** Whether a click must wait, and whether a kept one may be done. */
function useReadiness(): { canKeep: boolean; isReady: boolean } {
  const isSubmitting = useFormProcessing()
  // Each of them is asked: a hook behind `||` would be skipped.
  const busy = [useFormBackgroundProcessing(), useFormInitializing(), useIsAutosaving()]
  const isBusy = busy.includes(true)
  return { canKeep: isBusy && !isSubmitting, isReady: !isBusy && !isSubmitting }
}

interface Kept {
  /** What the person reads meanwhile. */
  notice: string
  act: () => void
}

/** Keeps one act until the form is ready; nothing is left of it when the form is closed. */
function useKept({ isReady }: { isReady: boolean }): (kept: Kept) => void {
  const kept = useRef<Kept | null>(null)
  useEffect(() => {
    if (!isReady || !kept.current) return
    const { act } = kept.current
    kept.current = null
    toast.dismiss(TOAST)
    act()
  }, [isReady])
  useEffect(() => () => void (kept.current && toast.dismiss(TOAST)), [])
  return useCallback((next) => {
    kept.current = next
    toast.loading(next.notice, { id: TOAST })
  }, [])
}

/**
 * A disabled button hears neither mouse nor keys and loses the focus. While clicks are kept it is not disabled. Payload
 * sets `aria-disabled` to true or takes it away, so that `false` means: Payload would have it disabled.
 */
function useHearing({
  box,
  canKeep,
}: {
  box: React.RefObject<HTMLDivElement | null>
  canKeep: boolean
}): void {
  // Payload's buttons follow these: whenever one changes, this is done again.
  useFormModified()
  useDocumentInfo()
  useLayoutEffect(() => {
    for (const button of box.current?.querySelectorAll<HTMLButtonElement>(BUTTONS) ?? []) {
      if (button.ariaDisabled === null) continue
      button.disabled = !canKeep
      button.ariaDisabled = String(!canKeep)
    }
  })
}

/** A form that has changed compares itself after 250 ms, and when it is modified asks the server for its state. */
const AFTER_COMPARING_MS = 400

/**
 * Payload takes a form for saved as soon as there is an answer, also when that is a refusal. It is told otherwise once it
 * has compared itself: else it asks the server, which knows no fault of a text that nobody publishes, and the messages at
 * the fields vanish before they are read.
 */
function useModifiedAfterFailure(): void {
  const { setModified } = useForm()
  const isSubmitting = useFormProcessing()
  const hasFailed = useFormSubmitted()
  const wasSubmitting = useRef(false)
  useEffect(() => {
    const isRefused = wasSubmitting.current && !isSubmitting && hasFailed
    wasSubmitting.current = isSubmitting
    if (!isRefused) return
    const timer = setTimeout(() => setModified(true), AFTER_COMPARING_MS)
    return () => clearTimeout(timer)
  }, [isSubmitting, hasFailed, setModified])
}

/** Whether this form is the one in front, and not below an open drawer. */
function useIsTopmost(): boolean {
  const { modalState } = useModal()
  const openModals = Object.values(modalState).filter((modal) => modal?.isOpen).length
  return useEditDepth() === openModals + 1
}
