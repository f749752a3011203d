'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { CampaignButtons } from '../campaign/CampaignButtons.tsx'
import { campaignFacts, type CampaignDoc } from '../campaign/campaignFacts.ts'
import { CanaryState, StatusPill } from '../campaign/CampaignState.tsx'
import { campaignUrl } from '../campaign/links.ts'
import { progressOf } from '../campaign/progressOf.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { nameOf, useCampaignsUnderWay, type OpenCampaign } from './useOpenCampaigns.ts'

/** The mailings that go on by themselves: how far, how fast, how long still. Nothing, where there is none. */
export function UnderWayPart() {
  const { text } = useAdminText()
  const { answer, ask } = useCampaignsUnderWay()
  const underWay = answer?.docs ?? []
  if (underWay.length === 0) return null
  return (
    <section className="desk__part desk__part--wide" aria-labelledby="desk-under-way">
      <h2 id="desk-under-way">{text.desk.underWay.heading}</h2>
      {underWay.map((campaign) => (
        <UnderWay key={campaign.id} campaign={campaign} onAnswer={ask} />
      ))}
    </section>
  )
}

function UnderWay({
  campaign,
  onAnswer,
}: {
  campaign: OpenCampaign & CampaignDoc
  onAnswer: () => Promise<void>
}) {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text, number } = useAdminText()
  const facts = campaignFacts(campaign)
  const { settled, recipients } = facts
  const words = text.desk.underWay
  const progress = text.campaign.progress(number(settled), number(recipients))
  const pace = progressOf({ campaign, now: new Date() })
  return (
    <article className="desk-campaign">
      <p>
        <Link
          href={campaignUrl({ adminRoute: config.routes.admin, campaignId: campaign.id })}
          prefetch={false}
        >
          {nameOf(campaign) ?? text.desk.waits.untitled}
        </Link>{' '}
        <StatusPill status={campaign.status} />
      </p>
      {recipients > 0 && (
        <div className="campaign-progress">
          <progress value={settled} max={recipients} aria-label={progress} />
          <span>{progress}</span>
        </div>
      )}
      {facts.canary && (
        <p className="campaign-note">
          <CanaryState canary={facts.canary} />
        </p>
      )}
      {pace && (
        <p className="campaign-note">
          {words.rate(number(pace.perMinute))}, {words.left(pace.minutesLeft)}
        </p>
      )}
      {isEditorUser(user) && (
        <CampaignButtons
          facts={{ ...facts, controls: facts.controls.filter((control) => control !== 'cancel') }}
          campaignId={campaign.id}
          onAnswer={onAnswer}
        />
      )}
    </article>
  )
}
