'use client'

import { toast, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { useAdminText } from '../text/useAdminText.ts'

/** Tells the server that a message is answered, or that it is not after all. */
export function useAnswered({
  messageId,
  onAnswer,
}: {
  messageId: number | string
  /** It is to be read again. */
  onAnswer: () => Promise<void>
}): { isBusy: boolean; record: (answered: boolean) => Promise<void> } {
  const { config } = useConfig()
  const { text } = useAdminText()
  const [isBusy, setIsBusy] = useState(false)
  const record = async (answered: boolean) => {
    setIsBusy(true)
    const isDone = await post(`${config.routes.api}/contact-messages/${messageId}/answered`, { answered })
    await onAnswer()
    setIsBusy(false)
    if (!isDone) toast.error(text.contact.unreachable)
  }
  return { isBusy, record }
}

async function post(url: string, body: object): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return response.ok
  } catch {
    return false
  }
}
