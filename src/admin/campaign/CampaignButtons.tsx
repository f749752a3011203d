'use client'

import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignFacts } from './campaignFacts.ts'
import { ControlButton } from './ControlButton.tsx'
import { useControl } from './useControl.ts'

/** What may be done with the campaign as it stands. Of a decision, what each choice means. */
export function CampaignButtons({
  facts,
  campaignId,
  onAnswer,
}: {
  facts: CampaignFacts
  campaignId: number | string
  onAnswer: () => Promise<void>
}) {
  const { text, number } = useAdminText()
  const { isBusy, move } = useControl({ campaignId, onAnswer })
  const given = { facts, campaignId, isBusy, onMove: move }
  if (facts.controls.length === 0) return null
  if (facts.state !== 'undecided')
    return (
      <div className="campaign-buttons">
        {facts.controls.map((control) => (
          <ControlButton key={control} control={control} {...given} />
        ))}
      </div>
    )
  const { heading, mailAgain, leave } = text.campaign.decide
  return (
    <section className="campaign-decide">
      <h2>{heading}</h2>
      {facts.controls.includes('mail-again') && (
        <div className="campaign-decide__choice">
          <p>{mailAgain(facts.uncertain, number(facts.uncertain))}</p>
          <ControlButton control="mail-again" {...given} />
        </div>
      )}
      <div className="campaign-decide__choice">
        <p>{leave}</p>
        <ControlButton control="leave" {...given} />
      </div>
    </section>
  )
}
