'use client'

import { Button, ConfirmationModal, toast, useConfig, useModal } from '@payloadcms/ui'
import { useState } from 'react'
import { useAdminText } from '../text/useAdminText.ts'
import type { MailDoc } from './mailFacts.ts'

/** Has a mail handed over once more. What may then come twice is asked about first. */
export function AgainButton({ mail, onAnswer }: { mail: MailDoc; onAnswer: () => Promise<void> }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const { openModal } = useModal()
  const [isBusy, setIsBusy] = useState(false)
  const { title, body, yes, no } = text.mail.confirm
  const modalSlug = `again-mail-${mail.id}`
  const isUncertain = mail.status === 'uncertain'

  const queue = async () => {
    setIsBusy(true)
    const outcome = await askFor(`${config.routes.api}/transactional-mails/${mail.id}/again`)
    await onAnswer()
    setIsBusy(false)
    if (outcome === 'queued') toast.success(text.mail.done)
    else toast.error(outcome === 'failed' ? text.campaign.unreachable : text.mail[outcome])
  }

  return (
    <>
      <Button
        buttonStyle={isUncertain ? 'secondary' : 'primary'}
        size="medium"
        margin={false}
        disabled={isBusy}
        onClick={() => (isUncertain ? openModal(modalSlug) : void queue())}
      >
        {isUncertain ? text.mail.againAsked : text.mail.again}
      </Button>
      {isUncertain && (
        <ConfirmationModal
          modalSlug={modalSlug}
          heading={title}
          body={body(mail.email)}
          confirmLabel={yes}
          cancelLabel={no}
          onConfirm={queue}
        />
      )}
    </>
  )
}

async function askFor(url: string): Promise<'queued' | 'suppressed' | 'expired' | 'conflict' | 'failed'> {
  try {
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin' })
    if (response.status !== 409) return response.ok ? 'queued' : 'failed'
    const { errors } = (await response.json()) as {
      errors?: { data?: { suppressed?: boolean; expired?: boolean } }[]
    }
    const { suppressed, expired } = errors?.[0]?.data ?? {}
    if (suppressed) return 'suppressed'
    return expired ? 'expired' : 'conflict'
  } catch {
    return 'failed'
  }
}
