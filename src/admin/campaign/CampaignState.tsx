'use client'

import { Banner, Pill, useTranslation } from '@payloadcms/ui'
import type { ComponentProps } from 'react'
import { campaignStatusLabels } from '../../collections/labels.ts'
import type { CampaignStatus } from '../../newsletter/model.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { hasProviderWords } from '../text/hasProviderWords.ts'
import { useAdminText } from '../text/useAdminText.ts'
import type { CampaignFacts } from './campaignFacts.ts'

const PILLS: Record<CampaignStatus, ComponentProps<typeof Pill>['pillStyle']> = {
  holding: 'warning',
  scheduled: 'light',
  preparing: 'light',
  canary: 'light',
  submitting: 'light',
  paused: 'warning',
  submitted: 'success',
  cancelled: 'dark',
  failed: 'error',
}

/** How a campaign stands, in a word and a sentence; with what is wrong and its remedy. */
export function CampaignState({ facts }: { facts: CampaignFacts }) {
  const { text } = useAdminText()
  const { status, state, isLater, visibleSeconds, canary } = facts
  return (
    <div role="status">
      <div className="campaign-state">
        <StatusPill status={status} {...(state === 'undone' && { label: text.campaign.undone })} />{' '}
        <span>
          {state === 'undone' && isLater ? text.campaign.undoneLater : text.campaign.states[state]}{' '}
          {canary && <CanaryState canary={canary} />}
          {visibleSeconds !== null && text.campaign.hold.visible(visibleSeconds)}
        </span>
      </div>
      <CampaignProblem facts={facts} />
    </div>
  )
}

/** How large its first part is, and when the rest follows. */
export function CanaryState({
  canary: { mails, waitsUntil },
}: {
  canary: NonNullable<CampaignFacts['canary']>
}) {
  const { text, number } = useAdminText()
  const words = text.campaign.canary
  return (
    <>
      {words.mails(mails, number(mails))}{' '}
      {waitsUntil && (
        <>
          {words.until} <LocalTime date={waitsUntil} language={text.language} />.
        </>
      )}
    </>
  )
}

/** Why it does not go on; when it is stalled, since when. What is to be decided is said where one decides. */
function CampaignProblem({ facts: { status, state, problem, stalledSince } }: { facts: CampaignFacts }) {
  const { text } = useAdminText()
  const { problems, stalled } = text.campaign
  if (state === 'undecided' || (!problem && !stalledSince)) return null
  const translated = problem && problems[problem.code]
  return (
    <Banner type={bannerType({ status, stalledSince })} className="campaign-problem">
      {stalledSince && (
        <p>
          <strong>
            {stalled.since} <LocalTime date={stalledSince} language={text.language} />.
          </strong>{' '}
          {problem ? stalled.lastError : stalled.noError}
        </p>
      )}
      {problem && (translated ?? problem.message)}
      {problem && translated && hasProviderWords(problem.code) && <p>{problem.message}</p>}
    </Banner>
  )
}

function bannerType({ status, stalledSince }: Pick<CampaignFacts, 'status' | 'stalledSince'>) {
  if (status === 'failed') return 'error'
  return stalledSince ? 'warning' : 'info'
}

/**
 * @param prefix what the state is of, where that is not plain.
 * @param label a word that says more than the status.
 */
export function StatusPill({
  status,
  prefix = '',
  label: own,
}: {
  status: CampaignStatus
  prefix?: string
  label?: string
}) {
  const { i18n } = useTranslation()
  const label = campaignStatusLabels[status]
  return (
    <Pill pillStyle={PILLS[status]} size="small">
      {prefix}
      {own ?? (i18n.language === 'sv' ? label.sv : label.en)}
    </Pill>
  )
}
