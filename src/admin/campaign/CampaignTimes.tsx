'use client'

import { LocalTime } from '../parts/LocalTime.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignDoc } from './campaignFacts.ts'

/** When it started and ended, as far as it has. */
export function CampaignTimes({ campaign: { startedAt, finishedAt } }: { campaign: CampaignDoc }) {
  const { text } = useAdminText()
  if (!startedAt) return null
  return (
    <p className="campaign-note">
      {text.campaign.started} <LocalTime date={startedAt} language={text.language} />
      {finishedAt && (
        <>
          {' · '}
          {text.campaign.finished} <LocalTime date={finishedAt} language={text.language} />
        </>
      )}
    </p>
  )
}
