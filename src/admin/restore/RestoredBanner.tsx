'use client'

import { Button, toast, useAuth, useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import type { RestoredAnswer } from '../../endpoints/restored.ts'
import type { User } from '../../payload-types.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { LocalTime } from '../parts/LocalTime.tsx'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './restored.css'

/** On the admin's first page, after a restore: what has happened, and what staff are to do. */
export function RestoredBanner() {
  const { user } = useAuth<User>()
  const { config } = useConfig()
  const { text } = useAdminText()
  const { answer, ask } = useAnswer<RestoredAnswer>({ path: isEditorUser(user) ? '/restored' : null })
  const [isBusy, setIsBusy] = useState(false)
  const notice = answer?.notice
  if (!notice) return null
  const { heading, why, happened, steps, plans, campaigns, seen, failed } = text.restored
  const markSeen = async () => {
    setIsBusy(true)
    if (!(await isTaken(`${config.routes.api}/restored/seen`))) toast.error(failed)
    await ask()
    setIsBusy(false)
  }
  return (
    <section className="restored-banner" role="alert">
      <h2>{heading}</h2>
      <p>
        {why[notice.why]} <LocalTime date={notice.at} language={text.language} />. {happened}
      </p>
      <ol>
        {[...steps, ...(notice.plans > 0 ? [plans(notice.plans)] : [])].map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p className="restored-banner__actions">
        <Button
          el="link"
          buttonStyle="secondary"
          size="small"
          url={`${config.routes.admin}/collections/campaigns?where[or][0][and][0][status][equals]=paused`}
        >
          {campaigns}
        </Button>
        <Button size="small" disabled={isBusy} onClick={() => void markSeen()}>
          {seen}
        </Button>
      </p>
    </section>
  )
}

async function isTaken(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { method: 'POST', credentials: 'same-origin' })).ok
  } catch {
    return false
  }
}
