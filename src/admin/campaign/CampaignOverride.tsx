'use client'

import { useConfig } from '@payloadcms/ui'
import { stoppedCheck } from '../../newsletter/rules/waitsForPublishing.ts'
import { OverrideForm } from '../override/OverrideForm.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { ByAndAt } from './CampaignDecision.tsx'
import type { CampaignDoc } from './campaignFacts.ts'

/** What an admin has mailed in spite of a stop: who, when and why. */
export function CampaignOverride({ override }: { override: CampaignDoc['override'] }) {
  const { text } = useAdminText()
  const { checks, reason, by, at } = override ?? {}
  if (!checks || checks.length === 0) return null
  return (
    <p className="campaign-note">
      {text.override.heading} {reason}
      <ByAndAt by={by} at={at} />
    </p>
  )
}

/** On a campaign that preflight has stopped: an admin may have it go on as it is. */
export function PassStop({
  campaignId,
  problemCode,
  onAnswer,
}: {
  campaignId: number | string
  problemCode: string | null | undefined
  onAnswer: () => Promise<void>
}) {
  const { config } = useConfig()
  const check = stoppedCheck(problemCode)
  if (check === null) return null
  return (
    <OverrideForm
      checks={[check]}
      url={`${config.routes.api}/campaigns/${campaignId}/resume`}
      onDone={() => void onAnswer()}
    />
  )
}
