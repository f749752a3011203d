'use client'

import { useFormModified, useFormProcessing } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'
import type { ArticleMailing } from '../campaign/useArticleCampaign.ts'
import { tellHoldSeen } from './holdSeen.ts'

/**
 * In an article's form: tells the banner when its mailing begins its hold, and shows the article anew when the mailing was
 * undone, since it is a draft again or its former version is public. Not over words that are not saved yet: the save that
 * follows is refused, and says that there is a newer version.
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
      tellHoldSeen()
    }
  }, [status])
  useEffect(() => {
    if (!wasHeld.current || !isBack || isModified || isProcessing) return
    wasHeld.current = false
    window.location.reload()
  }, [isBack, isModified, isProcessing])
}
