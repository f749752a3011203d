'use client'

import { toast, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { Control } from '../../newsletter/rules/controls.ts'
import { useAdminText } from '../text/useAdminText.ts'

/** Asks the server to move the campaign, and says what came of it. */
export function useControl({
  campaignId,
  onAnswer,
}: {
  campaignId: number | string
  /** The campaign has moved, or has moved on: it is to be read again. */
  onAnswer: () => Promise<void>
}): { isBusy: boolean; move: (control: Control) => Promise<void> } {
  const { config } = useConfig()
  const { text } = useAdminText()
  const [isBusy, setIsBusy] = useState(false)
  const move = async (control: Control) => {
    setIsBusy(true)
    const outcome = await askFor(`${config.routes.api}/campaigns/${campaignId}/${control}`)
    await onAnswer()
    setIsBusy(false)
    if (outcome === 'moved') toast.success(text.campaign.done[control])
    else toast.error(outcome === 'conflict' ? text.campaign.conflict : text.campaign.unreachable)
  }
  return { isBusy, move }
}

async function askFor(url: string): Promise<'moved' | 'conflict' | 'failed'> {
  try {
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin' })
    if (response.status === 409) return 'conflict'
    return response.ok ? 'moved' : 'failed'
  } catch {
    return 'failed'
  }
}
