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
  return (
    <p className="campaign-note">
      {heading} {kinds[kind]}
      <ByAndAt by={by} at={at} />
    </p>
  )
}

/** Who of the staff did it, and when, after what they did. */
export function ByAndAt({ by, at }: Pick<NonNullable<CampaignDoc['decision']>, 'by' | 'at'>) {
  const { text } = useAdminText()
  const name = typeof by === 'object' ? by?.name : null
  return (
    <>
      {name && ` · ${name}`}
      {at && (
        <>
          {' · '}
          <LocalTime date={at} language={text.language} />
        </>
      )}
    </>
  )
}
