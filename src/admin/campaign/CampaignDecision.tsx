'use client'

import { LocalTime } from '../parts/LocalTime.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignDoc } from './campaignFacts.ts'

/** What staff decided of those of whom nobody can know whether they were mailed; by whom and when. */
export function CampaignDecision({ decision }: { decision: CampaignDoc['decision'] }) {
  const { text } = useAdminText()
  const { kind, by, at } = decision ?? {}
  if (!kind) return null
  const { heading, kinds } = text.campaign.decision
  const name = typeof by === 'object' ? by?.name : null
  return (
    <p className="campaign-note">
      {heading} {kinds[kind]}
      {name && ` · ${name}`}
      {at && (
        <>
          {' · '}
          <LocalTime date={at} language={text.language} />
        </>
      )}
    </p>
  )
}
