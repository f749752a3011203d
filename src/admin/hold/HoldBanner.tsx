'use client'

import { Button, Link, useAuth, useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { Campaign, User } from '../../payload-types.ts'
import { campaignUrl } from '../campaign/links.ts'
import { useControl } from '../campaign/useControl.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './hold.css'
import { onHoldSeen } from './holdSeen.ts'

type Held = Pick<Campaign, 'id' | 'holdLeftMs'> & { article?: { title?: string | null } | null }

const HELD = [
  '/campaigns?where[status][equals]=holding&sort=dueAt&limit=5&depth=1',
  'select[holdLeftMs]=true&select[article]=true&populate[articles][title]=true',
].join('&')

const ASK_EVERY_MS = 10_000
const WHILE_HELD_MS = 2_000

/** Above every page of the admin, while a mailing can be undone: how long it still can, and the buttons. For editors alone. */
export function HoldBanner() {
  const { user } = useAuth<User>()
  const { answer, ask } = useAnswer<{ docs: Held[] }>({
    path: isEditorUser(user) ? HELD : null,
    everyMs: (last) => (last && last.docs.length > 0 ? WHILE_HELD_MS : ASK_EVERY_MS),
  })
  useEffect(() => onHoldSeen(() => void ask()), [ask])
  return (
    <div className="hold-banners">
      {answer?.docs.map((campaign) => (
        <Hold key={campaign.id} campaign={campaign} onAnswer={ask} />
      ))}
    </div>
  )
}

function Hold({ campaign, onAnswer }: { campaign: Held; onAnswer: () => Promise<void> }) {
  const { id, article } = campaign
  const { text } = useAdminText()
  const { config } = useConfig()
  const { isBusy, move } = useControl({ campaignId: id, onAnswer })
  const seconds = useSecondsLeft(campaign.holdLeftMs ?? 0)
  const title = article?.title || text.campaign.hold.untitled
  const { goesOut, left, now } = text.campaign.hold
  return (
    <section className="hold-banner" aria-label={text.campaign.states.holding}>
      {/* Read out once: not each second. */}
      <p role="status">
        <Link href={campaignUrl({ adminRoute: config.routes.admin, campaignId: id })} prefetch={false}>
          {seconds > 0 ? goesOut(title) : now(title)}
        </Link>{' '}
        {seconds > 0 && (
          <strong className="hold-banner__left" aria-hidden="true">
            {left(seconds)}
          </strong>
        )}
      </p>
      <div className="hold-banner__buttons">
        <Button size="medium" margin={false} disabled={isBusy} onClick={() => void move('undo')}>
          {text.campaign.controls.undo}
        </Button>
        <Button
          buttonStyle="secondary"
          size="medium"
          margin={false}
          disabled={isBusy}
          onClick={() => void move('send-now')}
        >
          {text.campaign.controls['send-now']}
        </Button>
      </div>
    </section>
  )
}

/** Counts down from what the server said last. */
function useSecondsLeft(holdLeftMs: number): number {
  const [left, setLeft] = useState(holdLeftMs)
  useEffect(() => {
    const endsAt = Date.now() + holdLeftMs
    const timer = setInterval(() => setLeft(endsAt - Date.now()), 250)
    return () => clearInterval(timer)
  }, [holdLeftMs])
  return Math.max(0, Math.ceil(left / 1000))
}
