'use client'

import { SHOWN_OF_CAMPAIGN, type CampaignDoc } from '../campaign/campaignFacts.ts'
import { useAnswer, type Answered } from '../parts/useAnswer.ts'

export type OpenCampaign = Pick<CampaignDoc, 'id' | 'status' | 'subject' | 'problem'> & {
  article?: { title?: string | null } | number | string | null
}

interface Found<Campaign> {
  docs: Campaign[]
  totalDocs: number
}

const of = (statuses: string[], shown: string) =>
  [
    `/campaigns?where[status][in]=${statuses.join(',')}`,
    ...['sort=-createdAt', 'limit=20', shown],
    ...['select[article]=true', 'populate[articles][title]=true'],
  ].join('&')

const UNDER_WAY = of(['holding', 'scheduled', 'preparing', 'canary', 'submitting'], SHOWN_OF_CAMPAIGN)

/** It asks for no counts: the server counts the deliveries of each campaign anew, and there may be a million. */
const WAITING = of(
  ['paused', 'failed'],
  'depth=1&select[status]=true&select[subject]=true&select[problem]=true',
)

const ASK_EVERY_MS = 15_000
const WHILE_UNDER_WAY_MS = 2_000

/** The campaigns that go on by themselves. */
export const useCampaignsUnderWay = (): Answered<Found<OpenCampaign & CampaignDoc>> =>
  useAnswer<Found<OpenCampaign & CampaignDoc>>({
    path: UNDER_WAY,
    everyMs: (last) => (last && last.docs.length > 0 ? WHILE_UNDER_WAY_MS : ASK_EVERY_MS),
  })

/** Those that do not go on without somebody. */
export const useWaitingCampaigns = (): Answered<Found<OpenCampaign>> =>
  useAnswer<Found<OpenCampaign>>({ path: WAITING, everyMs: () => ASK_EVERY_MS })

/** What a campaign is called: its subject, or its article's title while it has none. */
export const nameOf = ({ subject, article }: OpenCampaign): string | null =>
  subject || (typeof article === 'object' && article?.title) || null
