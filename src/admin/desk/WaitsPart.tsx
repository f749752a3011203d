'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { campaignFacts } from '../campaign/campaignFacts.ts'
import { StatusPill } from '../campaign/CampaignState.tsx'
import { campaignUrl } from '../campaign/links.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { PlanCard } from '../plans/PlanCard.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { nameOf, useOpenCampaigns, type OpenCampaign } from './useOpenCampaigns.ts'
import { PlanTitle, useOpenPlans } from './useOpenPlans.tsx'

/**
 * What does not go on without somebody.
 * @param props.unanswered messages; null for who may not see them.
 */
export function WaitsPart({ unanswered }: { unanswered: number | null }) {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text, number } = useAdminText()
  const { waiting } = useOpenCampaigns()
  const { asking, ask } = useOpenPlans()
  const words = text.desk.waits
  const isNothing = waiting.length === 0 && asking.length === 0 && !unanswered
  return (
    <section className="desk__part" aria-labelledby="desk-waits">
      <h2 id="desk-waits">{words.heading}</h2>
      {isNothing && <p className="desk__nothing">{words.nothing}</p>}
      <ul className="desk__list">
        {waiting.map((campaign) => (
          <li key={campaign.id}>
            <Waiting campaign={campaign} />
          </li>
        ))}
        {unanswered !== null && unanswered > 0 && (
          <li>
            <Link
              href={`${config.routes.admin}/collections/contact-messages?where[or][0][and][0][answeredAt][exists]=false`}
              prefetch={false}
            >
              {words.unanswered(unanswered, number(unanswered))}
            </Link>
          </li>
        )}
      </ul>
      {asking.map((plan) => (
        <div key={plan.id}>
          <PlanTitle plan={plan} />
          <PlanCard plan={plan} isEditor={isEditorUser(user)} onChange={ask} />
        </div>
      ))}
    </section>
  )
}

function Waiting({ campaign }: { campaign: OpenCampaign }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const { problem, state } = campaignFacts(campaign)
  const why = problem
    ? (text.campaign.problems[problem.code] ?? problem.message)
    : text.campaign.states[state]
  return (
    <>
      <Link href={campaignUrl({ adminRoute: config.routes.admin, campaignId: campaign.id })} prefetch={false}>
        {nameOf(campaign) ?? text.desk.waits.untitled}
      </Link>{' '}
      <StatusPill status={campaign.status} />
      <p className="campaign-note">{why}</p>
    </>
  )
}
