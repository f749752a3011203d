'use client'

import { Banner } from '@payloadcms/ui'
import { useAdminText } from '../text/useAdminText.ts'
import { EVENT_COUNTS, type CampaignFacts } from './campaignFacts.ts'

/** What the provider told later. Where it told nothing that is no zero but a dash: nobody knows. */
export function CampaignEvents({ facts: { events, silence } }: { facts: CampaignFacts }) {
  const { text, number } = useAdminText()
  return (
    <>
      <dl className="campaign-counts">
        {EVENT_COUNTS.map((name) => {
          const count = events?.find((event) => event.name === name)?.count
          return (
            <div key={name} data-count={name}>
              <dt>{text.campaign.counts[name]}</dt>
              <dd>{count === undefined ? '–' : number(count)}</dd>
            </div>
          )
        })}
      </dl>
      {events === null && !silence && <p className="campaign-note">{text.campaign.noEvents}</p>}
      {silence && (
        <Banner type="warning" className="campaign-problem">
          <p>
            <strong>{text.campaign.silence.heading}</strong> {text.campaign.silence.remedy}{' '}
            <code>{silence.webhookUrl}</code>
          </p>
          {!silence.hasSecret && <p>{text.campaign.silence.secret}</p>}
        </Banner>
      )}
    </>
  )
}
