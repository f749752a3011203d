'use client'

import { Link, useConfig } from '@payloadcms/ui'
import { useAdminText } from '../text/useAdminText.ts'
import { deliveriesUrl, receiptUrl } from './links.ts'

/** Where every recipient's fate is told: to look at, and to keep. */
export function CampaignReceipt({ campaignId }: { campaignId: number | string }) {
  const { config } = useConfig()
  const { text } = useAdminText()
  const { heading, about, csv, json, deliveries } = text.campaign.receipt
  const file = (format: 'csv' | 'json') => receiptUrl({ apiRoute: config.routes.api, campaignId, format })
  return (
    <section className="campaign-receipt">
      <h2>{heading}</h2>
      <p className="campaign-note">{about}</p>
      <ul>
        <li>
          <a href={file('csv')} download>
            {csv}
          </a>
        </li>
        <li>
          <a href={file('json')} download>
            {json}
          </a>
        </li>
        <li>
          <Link href={deliveriesUrl({ adminRoute: config.routes.admin, campaignId })} prefetch={false}>
            {deliveries}
          </Link>
        </li>
      </ul>
    </section>
  )
}
