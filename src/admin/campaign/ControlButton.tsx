'use client'

import { Button, ConfirmationModal, useModal } from '@payloadcms/ui'
import type { Control } from '../../newsletter/rules/controls.ts'
import type { AdminText, ConfirmedControl } from '../text/adminText.ts'
import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignFacts } from './campaignFacts.ts'

/** One thing that may be asked of a campaign. What cannot be taken back is asked about first. */
export function ControlButton({
  control,
  facts,
  campaignId,
  isBusy,
  onMove,
}: {
  control: Control
  facts: CampaignFacts
  campaignId: number | string
  isBusy: boolean
  onMove: (control: Control) => Promise<void>
}) {
  const { text } = useAdminText()
  const { openModal } = useModal()
  const isQuiet = control === 'cancel' || control === 'mail-again' || control === 'leave'
  const modalSlug = `${control}-campaign-${campaignId}`
  return (
    <>
      <Button
        buttonStyle={isQuiet ? 'secondary' : 'primary'}
        size="medium"
        margin={false}
        disabled={isBusy}
        onClick={() => (isConfirmed(control) ? openModal(modalSlug) : void onMove(control))}
      >
        {labelOf({ control, facts, text })}
      </Button>
      {isConfirmed(control) && (
        <Question
          slug={modalSlug}
          control={control}
          count={control === 'cancel' ? facts.pending : facts.uncertain}
          onConfirm={() => onMove(control)}
        />
      )}
    </>
  )
}

function labelOf({
  control,
  facts: { status },
  text: { campaign },
}: {
  control: Control
  facts: CampaignFacts
  text: AdminText
}): string {
  if (control === 'retry' && status === 'submitted') return campaign.retryRejected
  return control === 'send-now' && status === 'canary' ? campaign.canary.sendRest : campaign.controls[control]
}

function Question({
  slug,
  control,
  count,
  onConfirm,
}: {
  slug: string
  control: ConfirmedControl
  count: number
  onConfirm: () => Promise<void>
}) {
  const { text, number } = useAdminText()
  const { title, body, yes, no } = text.campaign.confirm[control]
  return (
    <ConfirmationModal
      modalSlug={slug}
      heading={title}
      body={body(count, number(count))}
      confirmLabel={yes}
      cancelLabel={no}
      onConfirm={onConfirm}
    />
  )
}

const isConfirmed = (control: Control): control is ConfirmedControl =>
  control === 'cancel' || control === 'mail-again'
