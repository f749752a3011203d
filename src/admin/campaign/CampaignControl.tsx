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
import { campaignFacts, whileMoving } from './campaignFacts.ts'
import { CampaignOverride, PassStop } from './CampaignOverride.tsx'
import { CampaignReceipt } from './CampaignReceipt.tsx'
import { CampaignState } from './CampaignState.tsx'
import { CampaignTimes } from './CampaignTimes.tsx'
import { FollowUp } from '../followUp/FollowUp.tsx'
import { MoveList } from '../moves/MoveList.tsx'
import {
  isFollowedBy,
  laterEditionsPath,
  SHOWN_ON_PAGE,
  toldMoves,
  type CampaignPageDoc,
  type LaterEdition,
} from '../moves/toldMoves.ts'
import { FindRecipients } from '../recipients/FindRecipients.tsx'
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
  const { answer, isFailed, ask } = useAnswer<CampaignPageDoc>({
    path: `/campaigns/${id}?${SHOWN_ON_PAGE}`,
    everyMs: whileMoving,
  })
  const later = useLaterEditions(answer)
  useTitle(answer?.subject)
  if (!answer) return isFailed ? <Banner type="error">{text.campaign.unreachable}</Banner> : null
  const facts = campaignFacts(answer, later)
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
          {facts.recipients > 0 && <FindRecipients campaignId={id} />}
        </>
      )}
      <MoveList moves={toldMoves(answer, later.editions)} />
    </section>
  )
}

/** The article's mailings after this one. Without an answer the server says what is possible. */
function useLaterEditions(campaign: CampaignPageDoc | null): {
  editions: LaterEdition[]
  hasLaterEdition: boolean | null
} {
  const { answer, isFailed } = useAnswer<{ docs: LaterEdition[] }>({
    path: campaign && laterEditionsPath(campaign),
    version: campaign?.status,
  })
  const editions = answer?.docs ?? []
  return { editions, hasLaterEdition: answer ? isFollowedBy(editions) : isFailed ? false : null }
}

/** The page is called as the mail is, from the moment on when that is fixed. */
function useTitle(subject: string | null | undefined): void {
  const { setDocumentTitle } = useDocumentTitle()
  useEffect(() => {
    if (subject) setDocumentTitle(subject)
  }, [subject, setDocumentTitle])
}
