'use client'

import { SHOWN_OF_CAMPAIGN, type CampaignDoc } from '../campaign/campaignFacts.ts'
import { useAnswer } from '../parts/useAnswer.ts'

const UNDER_WAY = ['holding', 'scheduled', 'preparing', 'submitting'] as const
const WAITING = ['paused', 'failed'] as const

const OPEN = [
  `/campaigns?where[status][in]=${[...UNDER_WAY, ...WAITING].join(',')}`,
  ...['sort=-createdAt', 'limit=20', 'pagination=false', SHOWN_OF_CAMPAIGN],
  ...['select[article]=true', 'populate[articles][title]=true'],
].join('&')

const ASK_EVERY_MS = 15_000
const WHILE_UNDER_WAY_MS = 2_000

export type OpenCampaign = CampaignDoc & { article?: { title?: string | null } | number | string | null }

export interface OpenCampaigns {
  underWay: OpenCampaign[]
  /** They do not go on without somebody. */
  waiting: OpenCampaign[]
  ask: () => Promise<void>
}

const isOneOf = (statuses: readonly string[], { status }: OpenCampaign): boolean => statuses.includes(status)

/** The campaigns that have not ended; those who ask for them in one moment share a request. */
export function useOpenCampaigns(): OpenCampaigns {
  const { answer, ask } = useAnswer<{ docs: OpenCampaign[] }>({
    path: OPEN,
    everyMs: (last) =>
      last?.docs.some((campaign) => isOneOf(UNDER_WAY, campaign)) ? WHILE_UNDER_WAY_MS : ASK_EVERY_MS,
  })
  const docs = answer?.docs ?? []
  return {
    underWay: docs.filter((campaign) => isOneOf(UNDER_WAY, campaign)),
    waiting: docs.filter((campaign) => isOneOf(WAITING, campaign)),
    ask,
  }
}

/** What a campaign is called: its subject, or its article's title while it has none. */
export const nameOf = ({ subject, article }: OpenCampaign): string | null =>
  subject || (typeof article === 'object' && article?.title) || null
