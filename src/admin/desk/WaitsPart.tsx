'use client'

import { Link, useAuth, useConfig } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { StatusPill } from '../campaign/CampaignState.tsx'
import { campaignUrl } from '../campaign/links.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { PlanCard } from '../plans/PlanCard.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { nameOf, useWaitingCampaigns, type OpenCampaign } from './useOpenCampaigns.ts'
import { MorePlans, PlanTitle, useOpenPlans } from './useOpenPlans.tsx'

interface HandedIn {
  article: number | string
  title?: string | null
}

const HANDED_IN = '/reviews?where[state][equals]=handed_in&sort=at&limit=20&pagination=false&depth=0'

const ASK_EVERY_MS = 30_000

/**
 * What does not go on without somebody.
 * @param props.unanswered messages; null for who may not see them.
 */
export function WaitsPart({ unanswered }: { unanswered: number | null }) {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text, number } = useAdminText()
  const campaigns = useWaitingCampaigns()
  const waiting = campaigns.answer?.docs ?? []
  const moreCampaigns = (campaigns.answer?.totalDocs ?? 0) - waiting.length
  const { plans: asking, more: morePlans, ask } = useOpenPlans('asking')
  const words = text.desk.waits
  const isEditor = isEditorUser(user)
  const reviews = useAnswer<{ docs: HandedIn[] }>({
    path: isEditor ? HANDED_IN : null,
    everyMs: () => ASK_EVERY_MS,
  })
  const handedIn = reviews.answer?.docs ?? []
  const isNothing = waiting.length === 0 && asking.length === 0 && handedIn.length === 0 && !unanswered
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
        {moreCampaigns > 0 && (
          <li>
            <Link
              href={`${config.routes.admin}/collections/campaigns?where[or][0][and][0][status][in]=paused,failed`}
              prefetch={false}
            >
              {text.desk.more(moreCampaigns)}
            </Link>
          </li>
        )}
        {handedIn.map(({ article, title }) => (
          <li key={article}>
            <Link href={`${config.routes.admin}/collections/articles/${article}`} prefetch={false}>
              {text.reviews.toReview(title ?? text.reviews.untitled)}
            </Link>
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
          <PlanCard plan={plan} isEditor={isEditor} onChange={ask} />
        </div>
      ))}
      <MorePlans count={morePlans} />
    </section>
  )
}

function Waiting({ campaign }: { campaign: OpenCampaign }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const { problem, status } = campaign
  const known = problem?.code ? text.campaign.problems[problem.code] : undefined
  return (
    <>
      <Link href={campaignUrl({ adminRoute: config.routes.admin, campaignId: campaign.id })} prefetch={false}>
        {nameOf(campaign) ?? text.desk.waits.untitled}
      </Link>{' '}
      <StatusPill status={status} />
      <p className="campaign-note">{known ?? problem?.message ?? text.campaign.states[status]}</p>
    </>
  )
}
