'use client'

import { Pill, useAuth } from '@payloadcms/ui'
import type { User } from '../../payload-types.ts'
import { useHold } from '../hold/useHold.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { StatusPill } from './CampaignState.tsx'
import { useArticleMailing } from './useArticleCampaign.ts'

/** Beside the Publish button, whichever tab is open: to how many people the article goes, or how its mailing stands. */
export function PublishForecast() {
  const { user } = useAuth<User>()
  const isEditor = isEditorUser(user)
  const mailing = useArticleMailing({ isEditor })
  useHold(mailing)
  if (!isEditor || mailing.kind === 'unknown') return null
  return (
    <div className="publish-forecast" aria-live="polite">
      <Forecast mailing={mailing} />
    </div>
  )
}

function Forecast({ mailing }: { mailing: ReturnType<typeof useArticleMailing> }) {
  const { text, number } = useAdminText()
  switch (mailing.kind) {
    case 'unknown':
      return null
    case 'started':
      return <StatusPill status={mailing.campaign.status} prefix={text.article.campaignPill} />
    case 'off':
      return <Pill size="small">{text.article.shortOff}</Pill>
    case 'wanted': {
      if (!mailing.audience) return null
      const { recipients, missing } = mailing.audience
      return missing.length > 0 ? (
        <Pill size="small" pillStyle="error">
          {text.article.shortMissing}
        </Pill>
      ) : (
        <Pill size="small" pillStyle="success">
          {text.article.short(recipients, number(recipients))}
        </Pill>
      )
    }
  }
}
