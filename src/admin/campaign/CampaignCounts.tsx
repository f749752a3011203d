'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { MOST_POSTPONED } from '../../newsletter/model.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAdminText } from '../text/useAdminText.ts'
import { CampaignEvents } from './CampaignEvents.tsx'
import type { CampaignFacts } from './campaignFacts.ts'
import { deliveriesUrl } from './links.ts'

/**
 * How far a campaign is and what became of its mails: the recipients are the sum of the others. Who may see subscribers
 * gets links to the deliveries. Submitted is not delivered: what the provider tells later stands apart.
 */
export function CampaignCounts({
  facts,
  campaignId,
  hasLinks,
}: {
  facts: CampaignFacts
  campaignId: number | string
  hasLinks: boolean
}) {
  const { config } = useConfig()
  const { text, number } = useAdminText()
  const { status, recipients, settled, rejected, uncertain, postponed, outcomes, isFollowed } = facts
  if (recipients === 0) return null
  // Beyond that nobody counts.
  const shownOf = (count: number) => number(count) + (count >= MOST_POSTPONED ? '+' : '')
  const hasSubmitted = outcomes.some(({ name, count }) => name === 'submitted' && count > 0)
  const progress = text.campaign.progress(number(settled), number(recipients))
  return (
    <>
      <div className="campaign-progress">
        <progress value={settled} max={recipients} aria-label={progress} />
        <span>{progress}</span>
      </div>
      <dl className="campaign-counts campaign-counts--sum">
        <div data-count="recipients">
          <dt>{text.campaign.counts.recipients}</dt>
          <dd>{number(recipients)}</dd>
        </div>
        {outcomes.map(({ name, status, count }) => (
          <div key={name} data-count={name}>
            <dt>{text.campaign.counts[name]}</dt>
            <dd>
              {hasLinks && count > 0 ? (
                <Link
                  href={deliveriesUrl({ adminRoute: config.routes.admin, campaignId, status })}
                  prefetch={false}
                >
                  {number(count)}
                </Link>
              ) : (
                number(count)
              )}
            </dd>
          </div>
        ))}
      </dl>
      {hasSubmitted && <CampaignEvents facts={facts} />}
      {postponed && (
        <p className="campaign-note">
          {text.campaign.postponed(postponed.count, shownOf(postponed.count))}{' '}
          <LocalTime date={postponed.nextTryAt} language={text.language} />.
        </p>
      )}
      {uncertain > 0 && <p className="campaign-note">{text.campaign.aboutUncertain}</p>}
      {rejected > 0 && status === 'submitted' && !isFollowed && (
        <p className="campaign-note">{text.campaign.aboutRejected}</p>
      )}
      {isFollowed && <p className="campaign-note">{text.campaign.followed}</p>}
    </>
  )
}
