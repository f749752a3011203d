'use client'

import { Banner, useAuth, useDocumentInfo, useDocumentTitle } from '@payloadcms/ui'
import { useEffect } from 'react'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { CampaignButtons } from './CampaignButtons.tsx'
import { CampaignCounts } from './CampaignCounts.tsx'
import { CampaignDecision } from './CampaignDecision.tsx'
import { campaignFacts, SHOWN_OF_CAMPAIGN, whileMoving, type CampaignDoc } from './campaignFacts.ts'
import { CampaignOverride, PassStop } from './CampaignOverride.tsx'
import { CampaignReceipt } from './CampaignReceipt.tsx'
import { CampaignState } from './CampaignState.tsx'
import { CampaignTimes } from './CampaignTimes.tsx'
import { FollowUp } from '../followUp/FollowUp.tsx'
import { SentMail } from './SentMail.tsx'
import './campaign.css'

/** On a campaign's page: how it stands and what may be done with it. Follows it while it moves. */
export function CampaignControl() {
  const { id } = useDocumentInfo()
  return id === undefined ? null : <Control key={id} id={id} />
}

function Control({ id }: { id: number | string }) {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const { answer, isFailed, ask } = useAnswer<CampaignDoc>({
    path: `/campaigns/${id}?${SHOWN_OF_CAMPAIGN}`,
    everyMs: whileMoving,
  })
  useTitle(answer?.subject)
  if (!answer) return isFailed ? <Banner type="error">{text.campaign.unreachable}</Banner> : null
  const facts = campaignFacts(answer)
  const isEditor = isEditorUser(user)
  return (
    <section className="campaign-control" data-status={facts.status}>
      <CampaignState facts={facts} />
      <CampaignCounts facts={facts} campaignId={id} hasLinks={isEditor} />
      <div>
        <CampaignTimes campaign={answer} />
        <CampaignDecision decision={answer.decision} />
        <CampaignOverride override={answer.override} />
      </div>
      {isFailed && <Banner type="error">{text.campaign.unreachable}</Banner>}
      {isEditor && (
        <>
          <CampaignButtons facts={facts} campaignId={id} onAnswer={ask} />
          {facts.status === 'paused' && (
            <PassStop campaignId={id} problemCode={facts.problem?.code} onAnswer={ask} />
          )}
          {answer.finishedAt && <FollowUp campaignId={id} />}
          {facts.recipients > 0 && <SentMail campaignId={id} />}
          {facts.recipients > 0 && <CampaignReceipt campaignId={id} />}
        </>
      )}
    </section>
  )
}

/** The page is called as the mail is, from the moment on when that is fixed. */
function useTitle(subject: string | null | undefined): void {
  const { setDocumentTitle } = useDocumentTitle()
  useEffect(() => {
    if (subject) setDocumentTitle(subject)
  }, [subject, setDocumentTitle])
}
