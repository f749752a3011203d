'use client'

import { Button, Link, useAuth, useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { Campaign, User } from '../../payload-types.ts'
import { campaignUrl, heldUrl } from '../campaign/links.ts'
import { useControl } from '../campaign/useControl.ts'
import { isEditorUser } from '../parts/isEditorUser.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './hold.css'
import { listen } from '../parts/signals.ts'

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
  const { config } = useConfig()
  const { text } = useAdminText()
  const { answer, ask } = useAnswer<{ docs: Held[]; totalDocs: number }>({
    path: isEditorUser(user) ? HELD : null,
    everyMs: (last) => (last && last.docs.length > 0 ? WHILE_HELD_MS : ASK_EVERY_MS),
  })
  useEffect(() => listen('holdSeen', () => void ask()), [ask])
  const docs = answer?.docs ?? []
  const others = (answer?.totalDocs ?? 0) - docs.length
  return (
    <div className="hold-banners">
      {/* It is there before it says something, and says it once: not each second. */}
      <div role="status" className="hold-banner__spoken">
        {docs[0] && <Spoken key={docs[0].id} campaign={docs[0]} />}
      </div>
      {docs.map((campaign) => (
        <Hold key={campaign.id} campaign={campaign} onAnswer={ask} />
      ))}
      {others > 0 && (
        <p className="hold-banner">
          <Link href={heldUrl({ adminRoute: config.routes.admin })} prefetch={false}>
            {text.campaign.hold.others(others)}
          </Link>
        </p>
      )}
    </div>
  )
}

const titleOf = ({ article }: Held): string | null => article?.title || null

/** With the seconds of the moment when it began to be shown. */
function Spoken({ campaign }: { campaign: Held }) {
  const { text } = useAdminText()
  const [seconds] = useState(() => Math.ceil((campaign.holdLeftMs ?? 0) / 1000))
  const { goesOut, left, untitled } = text.campaign.hold
  return `${goesOut(titleOf(campaign) ?? untitled)} ${left(seconds)}.`
}

function Hold({ campaign, onAnswer }: { campaign: Held; onAnswer: () => Promise<void> }) {
  const { id } = campaign
  const { text } = useAdminText()
  const { config } = useConfig()
  const { isBusy, move } = useControl({ campaignId: id, onAnswer })
  const seconds = useSecondsLeft(campaign.holdLeftMs ?? 0)
  const title = titleOf(campaign) ?? text.campaign.hold.untitled
  const { goesOut, left, now } = text.campaign.hold
  return (
    <section className="hold-banner" aria-label={text.campaign.states.holding}>
      <p>
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
