'use client'

import { Banner, Link, useAuth, useConfig } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { AudienceForecast } from './AudienceForecast.tsx'
import { CampaignCounts } from './CampaignCounts.tsx'
import { campaignFacts, type CampaignDoc } from './campaignFacts.ts'
import { CampaignState } from './CampaignState.tsx'
import { campaignUrl } from './links.ts'
import { useArticleMailing } from './useArticleCampaign.ts'
import './campaign.css'

/** In the article's newsletter tab: before it is published, what Publish will do; then how its mailing stands. */
export function ArticleCampaign() {
  const { user } = useAuth<User>()
  const { text } = useAdminText()
  const isEditor = isEditorUser(user)
  const mailing = useArticleMailing({ isEditor })
  const isFailed = mailing.kind !== 'off' && mailing.isFailed
  const undone = mailing.kind === 'off' || mailing.kind === 'wanted' ? mailing.undone : null
  return (
    <section className="campaign-control" aria-live="polite">
      <h2>{mailing.kind === 'started' ? text.article.campaign : text.article.heading}</h2>
      {mailing.kind === 'started' && <Started campaign={mailing.campaign} isEditor={isEditor} />}
      {undone && <CampaignState facts={campaignFacts(undone)} />}
      {mailing.kind === 'off' && <p>{isEditor ? text.article.off : text.article.byEditorOff}</p>}
      {mailing.kind === 'wanted' && !isEditor && <p>{text.article.byEditor}</p>}
      {mailing.kind === 'wanted' && mailing.audience && <AudienceForecast audience={mailing.audience} />}
      {isFailed && <Banner type="error">{text.campaign.unreachable}</Banner>}
    </section>
  )
}

function Started({ campaign, isEditor }: { campaign: CampaignDoc; isEditor: boolean }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const facts = campaignFacts(campaign)
  return (
    <>
      <CampaignState facts={facts} />
      <CampaignCounts facts={facts} campaignId={campaign.id} hasLinks={isEditor} />
      <p className="campaign-note">
        {text.article.campaignOnce}{' '}
        <Link
          href={campaignUrl({ adminRoute: config.routes.admin, campaignId: campaign.id })}
          prefetch={false}
        >
          {text.article.openCampaign}
        </Link>
      </p>
    </>
  )
}
