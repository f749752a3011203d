'use client'

import { useFormModified, useFormProcessing } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import type { ArticleMailing } from '../campaign/useArticleCampaign.ts'
import { tell } from '../parts/signals.ts'

/**
 * Follows the hold from within the article's form. It tells the banner when the hold begins. When the article is back after an
 * undo, it loads the page again, since the form shows a published article. It never does so over unsaved words: their save is
 * refused with 409, and the form says that there is a newer version.
 */
export function useHold(mailing: ArticleMailing): void {
  const isModified = useFormModified()
  const isProcessing = useFormProcessing()
  const status = 'campaign' in mailing ? mailing.campaign.status : null
  const isBack = 'undone' in mailing && Boolean(mailing.undone?.returnedAt)
  const wasHeld = useRef(false)
  useEffect(() => {
    if (status === 'holding') {
      wasHeld.current = true
      tell('holdSeen')
    }
  }, [status])
  useEffect(() => {
    if (!wasHeld.current || !isBack || isModified || isProcessing) return
    wasHeld.current = false
    window.location.reload()
  }, [isBack, isModified, isProcessing])
}
