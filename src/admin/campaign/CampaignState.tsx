'use client'

import { Banner, Pill, useTranslation } from '@payloadcms/ui'
import type { ComponentProps } from 'react'
import { campaignStatusLabels } from '../../collections/labels.ts'
import type { CampaignStatus } from '../../newsletter/model.ts'
import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignFacts } from './campaignFacts.ts'

const PILLS: Record<CampaignStatus, ComponentProps<typeof Pill>['pillStyle']> = {
  scheduled: 'light',
  preparing: 'light',
  submitting: 'light',
  paused: 'warning',
  submitted: 'success',
  cancelled: 'dark',
  failed: 'error',
}

/** How a campaign stands, in a word and a sentence; with what is wrong and its remedy. */
export function CampaignState({ facts }: { facts: CampaignFacts }) {
  const { text } = useAdminText()
  const { status, state, problem } = facts
  const translated = problem && text.campaign.problems[problem.code]
  return (
    <div role="status">
      <div className="campaign-state">
        <StatusPill status={status} /> <span>{text.campaign.states[state]}</span>
      </div>
      {problem && (
        <Banner type={status === 'failed' ? 'error' : 'info'} className="campaign-problem">
          {translated ?? problem.message}
          {translated && <p lang="en">{problem.message}</p>}
        </Banner>
      )}
    </div>
  )
}

/** @param prefix what the state is of, where that is not plain. */
export function StatusPill({ status, prefix = '' }: { status: CampaignStatus; prefix?: string }) {
  const { i18n } = useTranslation()
  const label = campaignStatusLabels[status]
  return (
    <Pill pillStyle={PILLS[status]} size="small">
      {prefix}
      {i18n.language === 'sv' ? label.sv : label.en}
    </Pill>
  )
}
