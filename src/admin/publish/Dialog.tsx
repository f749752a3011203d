'use client'

import { useId, useLayoutEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

/**
 * The browser's own dialog: it keeps the focus, closes with Escape and lies above everything. It is not inside the page's
 * form, which Enter in a field would submit, and inside the drawer that the form is in, which keeps the focus too.
 */
export function Dialog({
  heading,
  onClose,
  children,
}: {
  heading: string
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const headingId = useId()
  const [place] = useState(() => document.activeElement?.closest('.drawer') ?? document.body)
  // Closed before it is taken out: then the browser gives the focus back to the button that opened it.
  useLayoutEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    // The heading gets the focus, and not a button: Enter that is still held down would press that.
    title.current?.focus()
    const keepEscape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', keepEscape, { capture: true })
    return () => {
      window.removeEventListener('keydown', keepEscape, { capture: true })
      shown?.close()
    }
  }, [])
  const closeOutside = (event: MouseEvent) => {
    // Not the second half of the double click that opened it.
    if (event.target === dialog.current && event.button === 0 && event.detail === 1) onClose()
  }
  return createPortal(
    <dialog
      ref={dialog}
      className="publish-sheet"
      aria-labelledby={headingId}
      onClose={() => {
        if (!dialog.current?.open) onClose()
      }}
      onMouseDown={closeOutside}
    >
      <div className="publish-sheet__body">
        <h2 id={headingId} ref={title} tabIndex={-1}>
          {heading}
        </h2>
        {children}
      </div>
    </dialog>,
    place,
  )
}
