'use client'

import { Button, ConfirmationModal, toast, useConfig, useModal } from '@payloadcms/ui'
import { useState } from 'react'
import type { Control } from '../../newsletter/rules/campaignMoves.ts'
import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignDoc, CampaignFacts } from './campaignFacts.ts'

/** What may be done with the campaign as it stands. Cancelling is for good, so it is asked about. */
export function CampaignButtons({
  facts,
  campaignId,
  onMoved,
  onRefused,
}: {
  facts: CampaignFacts
  campaignId: number | string
  onMoved: (campaign: CampaignDoc) => void
  onRefused: () => Promise<void>
}) {
  const { config } = useConfig()
  const { text, number } = useAdminText()
  const { openModal } = useModal()
  const [asked, setAsked] = useState<Control | null>(null)
  const modalSlug = `cancel-campaign-${campaignId}`

  const move = async (control: Control) => {
    setAsked(control)
    const moved = await askFor(`${config.routes.api}/campaigns/${campaignId}/${control}`)
    setAsked(null)
    if (moved.kind === 'moved') {
      onMoved(moved.campaign)
      toast.success(text.campaign.done[control])
    } else {
      toast.error(moved.kind === 'conflict' ? text.campaign.conflict : text.campaign.unreachable)
      await onRefused()
    }
  }

  if (facts.controls.length === 0) return null
  return (
    <div className="campaign-buttons">
      {facts.controls.map((control) => (
        <Button
          key={control}
          buttonStyle={control === 'cancel' ? 'secondary' : 'primary'}
          size="medium"
          margin={false}
          disabled={asked !== null}
          onClick={() => (control === 'cancel' ? openModal(modalSlug) : void move(control))}
        >
          {text.campaign.controls[control]}
        </Button>
      ))}
      <ConfirmationModal
        modalSlug={modalSlug}
        heading={text.campaign.confirm.title}
        body={text.campaign.confirm.body(facts.pending, number(facts.pending))}
        confirmLabel={text.campaign.confirm.yes}
        cancelLabel={text.campaign.confirm.no}
        onConfirm={() => move('cancel')}
      />
    </div>
  )
}

type Moved = { kind: 'moved'; campaign: CampaignDoc } | { kind: 'conflict' } | { kind: 'failed' }

async function askFor(url: string): Promise<Moved> {
  try {
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin' })
    if (response.status === 409) return { kind: 'conflict' }
    if (!response.ok) return { kind: 'failed' }
    const { doc } = (await response.json()) as { doc: CampaignDoc }
    return { kind: 'moved', campaign: doc }
  } catch {
    return { kind: 'failed' }
  }
}
