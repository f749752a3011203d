'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useAdminText } from '../text/useAdminText.ts'
import { Look } from './Look.tsx'
import { useBeside } from './useBeside.ts'
import './beside.css'

const PANE = 'look-beside'

/** In the bar above an article: opens and closes the look at the mail beside the text. */
export function LookBeside() {
  const { id } = useDocumentInfo()
  const { text } = useAdminText()
  const { isBeside, hasRoom, toggle } = useBeside()
  // The form mounts its parts anew at times: whichever is there now.
  const place = useSyncExternalStore(onResize, findPlace, () => null)
  if (id === undefined || !hasRoom) return null
  return (
    <>
      <button
        type="button"
        className="look-beside-button"
        aria-expanded={isBeside}
        aria-controls={isBeside ? PANE : undefined}
        onClick={toggle}
      >
        {isBeside ? text.look.close : text.look.open}
      </button>
      {isBeside &&
        place &&
        createPortal(
          <aside id={PANE} className="look-beside" aria-label={text.look.heading}>
            <Look articleId={id} />
          </aside>,
          place,
        )}
    </>
  )
}

const findPlace = () => document.querySelector('.collection-edit--articles .collection-edit__main-wrapper')

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}
